<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="http://karaf.apache.org/xmlns/features/v1.6.0">
  <xsl:param name="feature"/>
  <xsl:output indent="yes"/>
  <xsl:template match="/f:features">
    <features name="{$feature}-{f:feature[@name=$feature]/@version}" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
      <xsl:copy-of select="f:feature[@name=$feature]"/>
    </features>
  </xsl:template>
</xsl:stylesheet>
