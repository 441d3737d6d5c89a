import java.util.jar.JarFile
import java.util.zip.ZipFile

def target = new File(basedir, 'acme-lines/target')

// the contract tests of all three kinds ran
def kinds = ['functions.TemperatureFunctionsTest', 'sinks.LinesSinkTest', 'sources.LinesSourceTest']
kinds.each { name ->
    def report = new groovy.xml.XmlSlurper().parse(new File(target, "surefire-reports/TEST-com.acme.lines.${name}.xml"))
    assert report.@tests.toInteger() >= 5
    assert report.@failures.toInteger() == 0
    assert report.@errors.toInteger() == 0
}

// the jar is a bundle that offers them and needs nothing but the interface
new JarFile(new File(target, 'acme-lines-1.0.0.jar')).withCloseable { jar ->
    def headers = jar.manifest.mainAttributes
    assert headers.getValue('Bundle-SymbolicName') == 'com.acme.acme-lines'
    assert headers.getValue('Bundle-Version') == '1.0.0'
    kinds.each { name ->
        def component = 'OSGI-INF/com.acme.lines.' + name.replaceFirst(/Test$/, '') + '.xml'
        assert headers.getValue('Service-Component').contains(component)
        assert jar.getEntry(component) != null
    }
    def imports = headers.getValue('Import-Package').replaceAll(/"[^"]*"/, '').split(',').collect { it.split(';')[0] }
    assert imports.every { it.startsWith('io.varuna.api.') }
    assert headers.getValue('Require-Capability').contains('(osgi.ee=JavaSE)(version=17)')
}

// the zip is a plugin in the form of eKuiper: the jar, and nothing that is run
new ZipFile(new File(target, 'acme-lines-1.0.0.zip')).withCloseable { zip ->
    assert zip.entries().collect { it.name } == ['acme-lines-1.0.0.jar']
}
return true
