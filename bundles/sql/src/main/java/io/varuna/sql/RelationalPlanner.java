package io.varuna.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Validates a rewritten query and turns it into relational algebra, by Calcite. One object plans one query. */
final class RelationalPlanner {
    private final Types.Factory types = new Types.Factory();

    /** A table with the columns of a source that are in use. */
    static final class SourceTable extends AbstractTable {
        private final Source source;

        SourceTable(Source source) {
            this.source = source;
        }

        Source source() {
            return source;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            source.used().forEach((name, type) -> builder.add(name, Types.toCalcite(type, factory)));
            return builder.build();
        }
    }

    RelNode plan(RewrittenQuery query) {
        CalciteCatalogReader catalog = catalog(query.sources());
        SqlValidator validator = SqlValidatorUtil.newValidator(
                SqlStdOperatorTable.instance(),
                catalog,
                types,
                SqlValidator.Config.DEFAULT
                        .withTypeCoercionEnabled(false)
                        .withCallRewrite(false)
                        .withConformance(SqlConformanceEnum.DEFAULT));
        SqlNode valid = validator.validate(query.node());
        HepPlanner planner = new HepPlanner(
                // taken one by one: CoreRules would load all of Calcite's rules
                new HepProgramBuilder()
                        .addRuleInstance(FilterProjectTransposeRule.Config.DEFAULT.toRule())
                        .addRuleInstance(FilterMergeRule.Config.DEFAULT.toRule())
                        .addRuleInstance(ProjectMergeRule.Config.DEFAULT.toRule())
                        .build(),
                Contexts.empty());
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        // proxies instead of generated metadata handlers: a quarter of the time for the first query, and no compiler
        cluster.setMetadataQuerySupplier(
                () -> new RelMetadataQuery(new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)));
        SqlToRelConverter converter = new SqlToRelConverter(
                (rowType, queryString, schemaPath, viewPath) -> {
                    throw new IllegalStateException("There are no views: " + viewPath);
                },
                validator,
                catalog,
                cluster,
                StandardConvertletTable.INSTANCE,
                SqlToRelConverter.config()
                        .withTrimUnusedFields(false)
                        .withExpand(false)
                        .addRelBuilderConfigTransform(config -> config.withSimplify(false)));
        RelNode relation = converter.convertQuery(valid, false, true).project();
        planner.setRoot(relation);
        return planner.findBestExp();
    }

    private CalciteCatalogReader catalog(List<Source> sources) {
        CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
        List<String> none = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            schema.add("$source" + i, new SourceTable(sources.get(i)));
        }
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "true");
        return new CalciteCatalogReader(schema, none, types, new CalciteConnectionConfigImpl(properties));
    }
}
