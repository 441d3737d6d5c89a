package io.varuna.itests.rules;

import java.util.List;

/** Kinds of queries that a database answers, too. */
enum QueryKind {
    ROWS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT id, " + queries.columns() + " FROM data WHERE " + queries.condition(3);
            return ComparedQuery.ofRows(query, query);
        }
    },
    FUNCTIONS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT id, " + queries.functions() + " FROM data WHERE " + queries.condition(1);
            return ComparedQuery.ofRows(query, query);
        }
    },
    UNKNOWN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT id, " + queries.unknown() + " AS x0, " + queries.unknown()
                    + " AS x1 FROM data WHERE " + queries.unknown();
            return ComparedQuery.ofRows(query, query);
        }
    },
    PREDICATES {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardForms forms = new StandardForms(queries);
            return forms(forms.predicate(), forms.predicate(), forms.predicate());
        }
    },
    CHOICES {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardForms forms = new StandardForms(queries);
            return forms(forms.choice(), forms.choice(), queries.condition(1));
        }
    },
    TEXTS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardForms forms = new StandardForms(queries);
            return forms(forms.ofText(), forms.ofText(), queries.condition(1));
        }
    },
    TIMES {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardForms forms = new StandardForms(queries);
            return forms(forms.ofTime(), forms.ofTime(), queries.condition(1));
        }
    },
    GROUPS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String select = "SELECT s AS k, " + queries.aggregates();
            String where = " WHERE " + queries.condition(2);
            String having = " HAVING count(*) >= " + queries.below(3);
            return ComparedQuery.ofWindow(
                    select + " FROM TABLE(TUMBLE(TABLE data, DESCRIPTOR(ts), INTERVAL '1' HOUR))" + where
                            + " GROUP BY s, window_start" + having,
                    select + " FROM data" + where + " GROUP BY s" + having);
        }
    },
    GROUPS_BY_EXPRESSIONS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String one = queries.whole(1);
            String other = queries.condition(1);
            String query = "SELECT " + one + " AS k, " + other + " AS l, " + queries.aggregates()
                    + " FROM data GROUP BY " + one + ", " + other;
            return ComparedQuery.ofWindow(query + ", " + WINDOW, query);
        }
    },
    TOTALS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            // there are no windows before the first row that is left by WHERE
            String query = "SELECT " + queries.aggregates() + " FROM data WHERE id = 1 OR " + queries.condition(2);
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
        }
    },
    STATISTICS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardForms forms = new StandardForms(queries);
            String query = "SELECT s AS k, " + forms.statistic() + " AS x0, " + forms.statistic()
                    + " AS x1 FROM data WHERE " + queries.condition(1) + " GROUP BY s";
            return ComparedQuery.ofWindow(query + ", " + WINDOW, query);
        }
    },
    DISTINCT {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT DISTINCT " + queries.columns() + " FROM data WHERE " + queries.condition(1);
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
        }
    },
    ORDERED {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT id, a, c, s FROM data WHERE " + queries.condition(1);
            List<String> direction = List.of("", " DESC");
            String one = List.of("a + " + queries.whole(1), "s || " + queries.text(1), "0.5")
                    .get(queries.below(3));
            String down = direction.get(queries.below(2));
            String limit = " LIMIT " + (1 + queries.below(12)) + (queries.below(2) == 0 ? "" : " OFFSET 2");
            return ComparedQuery.ofOrder(
                    query + " GROUP BY " + WINDOW + " ORDER BY " + one + down + ", id DESC" + limit,
                    query + " ORDER BY " + one + down + " NULLS LAST, id DESC" + limit);
        }
    },
    UNION {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT id, " + queries.whole(2) + " AS x, " + queries.text(1) + " AS y FROM data WHERE "
                    + queries.condition(2) + " UNION ALL SELECT id + 100 AS id, " + queries.whole(2) + " AS x, "
                    + queries.text(1) + " AS y FROM other WHERE " + queries.condition(2);
            return ComparedQuery.ofRows(query, query);
        }
    },
    TOGETHER {
        @Override
        ComparedQuery next(StandardQueries queries) {
            // the database knows no INTERSECT ALL and no EXCEPT ALL
            String operator = List.of("UNION", "INTERSECT", "EXCEPT", "UNION").get(queries.below(4));
            String one = "SELECT " + queries.whole(1) + " AS x, " + queries.text(0) + " AS y FROM data WHERE "
                    + queries.condition(2);
            String other = " SELECT " + queries.whole(1) + " AS x, " + queries.text(0) + " AS y FROM other WHERE "
                    + queries.condition(2);
            return ComparedQuery.ofWindow(
                    one + " GROUP BY " + WINDOW + " " + operator + other + " GROUP BY " + WINDOW,
                    one + " " + operator + other);
        }
    },
    SUBQUERY {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String inner =
                    "SELECT s AS k, CAST(sum(a) AS BIGINT) AS a, max(b) AS b, avg(c) AS c, min(t) AS s, max(t) AS t, count(f) > 2"
                            + " AS f FROM data WHERE " + queries.condition(1) + " GROUP BY s";
            String outer = ") AS q WHERE " + queries.condition(2);
            String select = "SELECT k, " + queries.columns() + " FROM (";
            return ComparedQuery.ofWindow(select + inner + ", " + WINDOW + outer, select + inner + outer);
        }
    },
    AGGREGATED_SUBQUERY {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String select =
                    "SELECT f AS k, " + queries.aggregates() + " FROM (SELECT DISTINCT a, b, c, s, t, f FROM data";
            String outer = ") AS q GROUP BY f";
            return ComparedQuery.ofWindow(select + " GROUP BY " + WINDOW + outer, select + outer);
        }
    },
    NAMED_QUERY {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String with = "WITH q AS (SELECT id, a + 1 AS a, b, c, s, t, f FROM data WHERE " + queries.condition(1)
                    + "), r (id, a, b, c, s, t, f) AS (SELECT id, b, a, c, t, s, NOT f FROM q WHERE "
                    + queries.condition(1) + ") ";
            String query = with + "SELECT id, " + queries.columns() + " FROM r WHERE " + queries.condition(1);
            return ComparedQuery.ofRows(query, query);
        }
    },
    QUERIES_OF_A_TABLE {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardQueries outer = queries.of("x");
            String query = "SELECT x.id, " + queries.ofRows("kept") + " AS x0, " + outer.condition(1) + " AND "
                    + queries.ofRows("kept") + " AS x1, " + queries.valueOfRows("kept") + " AS x2 FROM data AS x WHERE "
                    + outer.condition(0) + " OR " + queries.ofRows("kept");
            return ComparedQuery.ofRows(query, query);
        }
    },
    QUERIES_OF_A_WINDOW {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String one = queries.below(2) == 0 ? "data" : "other";
            String query = "SELECT x.id, " + queries.valueOfRows("data") + " AS x0, " + queries.ofRows("kept")
                    + " AS x1 FROM data AS x WHERE "
                    + queries.of("x").condition(1) + " AND " + queries.ofRows(one) + " OR " + queries.ofRows("other");
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
        }
    },
    QUERIES_OF_GROUPS {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardQueries outer = queries.of("x");
            String key = List.of("x.a", "x.s").get(queries.below(2));
            String inner = "(SELECT " + queries.of("y").aggregates().replaceFirst(".*? AS x0, (.*?) AS x1.*", "$1")
                    + " FROM data AS y WHERE " + key.replace('x', 'y') + " = " + key + ")";
            String query = "SELECT " + key + " AS k, " + inner + " AS v, " + outer.aggregates()
                    + " FROM data AS x GROUP BY " + key;
            String having =
                    " HAVING count(*) >= (SELECT count(*) FROM other AS y WHERE y.a = " + queries.below(3) + ")";
            return ComparedQuery.ofWindow(query + ", " + WINDOW + having, query + having);
        }
    },
    RUNNING {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StringBuilder columns = new StringBuilder("id");
            for (int i = 0; i < 3; i++) {
                columns.append(", ")
                        .append(running(queries))
                        .append(" OVER (")
                        .append(List.of("", "PARTITION BY s ", "PARTITION BY f, a ")
                                .get(queries.below(3)))
                        .append("ORDER BY id")
                        .append(frame(queries))
                        .append(") AS x")
                        .append(i);
            }
            // the row that makes the time go on has no id
            String query = "SELECT " + columns + " FROM data WHERE id > 0 AND (" + queries.condition(1) + ")";
            return ComparedQuery.ofWindow(query.replace("ORDER BY id", "ORDER BY ts"), query);
        }
    },
    COMPARED_WITH_ALL {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT x.id, " + queries.quantified("kept") + " AS x0 FROM data AS x WHERE "
                    + queries.quantified("kept") + " OR " + queries.of("x").condition(1);
            return ComparedQuery.ofRows(query, query);
        }
    },
    LAST_OF_EACH {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String key = List.of("s", "a", "f").get(queries.below(3));
            String order = List.of("id", "c DESC NULLS LAST, id", "id DESC").get(queries.below(3));
            String query = "SELECT id, " + key + " AS k FROM data WHERE " + queries.condition(1);
            String qualify = " QUALIFY row_number() OVER (PARTITION BY " + key + " ORDER BY " + order + ") "
                    + List.of("= 1", "<= 2", "> 1").get(queries.below(3));
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW + qualify, query + qualify);
        }
    },
    INNER_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            return join(queries, "INNER");
        }
    },
    LEFT_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            return join(queries, "LEFT");
        }
    },
    RIGHT_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            return join(queries, "RIGHT");
        }
    },
    FULL_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            // the database has no such join
            String select = "SELECT x.id AS xi, y.id AS yi FROM data AS x ";
            String on = " JOIN other AS y ON " + queries.on();
            String where = " WHERE " + queries.of("x", "y").condition(1);
            return ComparedQuery.ofWindow(
                    select + "FULL" + on + where + " GROUP BY " + WINDOW,
                    select + "LEFT" + on + where + " UNION ALL " + select + "RIGHT" + on + where + " AND x.id IS NULL");
        }
    },
    CROSS_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String query = "SELECT x.id AS xi, y.id AS yi, "
                    + queries.of("x", "y").columns() + " FROM data AS x CROSS JOIN other AS y WHERE "
                    + queries.of("x", "y").condition(2);
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
        }
    },
    JOIN_ON_NAMES {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String kind = List.of("INNER", "LEFT", "RIGHT").get(queries.below(3));
            String name = List.of("a", "s", "id").get(queries.below(3));
            String join = " FROM data AS x " + kind + " JOIN other AS y USING (" + name + ") WHERE "
                    + queries.of("x", "y").condition(1);
            // to the database, the name is ambiguous in joins that keep rows
            return ComparedQuery.ofWindow(
                    "SELECT x.id AS xi, y.id AS yi, " + name + " AS k" + join + " GROUP BY " + WINDOW,
                    "SELECT x.id AS xi, y.id AS yi, " + (kind.equals("RIGHT") ? "y." : "x.") + name + " AS k" + join);
        }
    },
    NATURAL_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            String kind = List.of("INNER", "LEFT", "RIGHT").get(queries.below(3));
            String left = " FROM (SELECT id AS xi, a, " + queries.text(1) + " AS s FROM data) AS x ";
            String right = " JOIN (SELECT id AS yi, a, s FROM other WHERE " + queries.condition(1) + ") AS y";
            String kept = kind.equals("RIGHT") ? "y" : "x";
            // the database has no such join that keeps rows
            return ComparedQuery.ofWindow(
                    "SELECT *" + left + "NATURAL " + kind + right + " GROUP BY " + WINDOW,
                    "SELECT " + kept + ".a, " + kept + ".s, xi, yi" + left + kind + right
                            + " ON x.a = y.a AND x.s = y.s");
        }
    },
    THREE_JOINED {
        @Override
        ComparedQuery next(StandardQueries queries) {
            List<String> kinds = List.of(" INNER", " LEFT");
            String query = "SELECT x.id AS xi, y.id AS yi, z.id AS zi FROM data AS x" + kinds.get(queries.below(2))
                    + " JOIN other AS y ON " + queries.on() + kinds.get(queries.below(2))
                    + " JOIN data AS z ON z.a = y.b AND " + queries.of("x", "z").condition(1);
            return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
        }
    },
    AGGREGATED_JOIN {
        @Override
        ComparedQuery next(StandardQueries queries) {
            StandardQueries both = queries.of("x", "y");
            String query = "SELECT x.s AS k, " + both.aggregates() + " FROM data AS x LEFT JOIN other AS y ON "
                    + queries.on() + " WHERE " + both.condition(1) + " GROUP BY x.s";
            return ComparedQuery.ofWindow(query + ", " + WINDOW, query);
        }
    };

    private static final String WINDOW = "TUMBLINGWINDOW(hh, 1)";

    /** Makes a random query of this kind. */
    abstract ComparedQuery next(StandardQueries queries);

    private static String running(StandardQueries queries) {
        String filter = queries.below(3) == 0 ? " FILTER (WHERE " + queries.condition(1) + ")" : "";
        return List.of(
                                "count(*)",
                                "count(" + queries.text(1) + ")",
                                "sum(CAST(" + queries.whole(2) + " AS BIGINT))",
                                "avg(c)",
                                "min(" + queries.text(1) + ")",
                                "max(" + queries.whole(1) + ")",
                                "var_pop(c)")
                        .get(queries.below(7))
                + filter;
    }

    /** Returns a frame; the times of rows are their ids. */
    private static String frame(StandardQueries queries) {
        int size = queries.below(6);
        return List.of(
                        "",
                        " ROWS UNBOUNDED PRECEDING",
                        " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
                        " ROWS BETWEEN " + size + " PRECEDING AND CURRENT ROW",
                        " RANGE BETWEEN " + size + " PRECEDING AND CURRENT ROW")
                .get(queries.below(5));
    }

    private static ComparedQuery forms(String one, String other, String condition) {
        String query = "SELECT id, " + one + " AS x0, " + other + " AS x1 FROM data WHERE " + condition;
        return ComparedQuery.ofRows(query, query);
    }

    private static ComparedQuery join(StandardQueries queries, String kind) {
        StandardQueries both = queries.of("x", "y");
        String query = "SELECT x.id AS xi, y.id AS yi, " + both.columns() + " FROM data AS x " + kind
                + " JOIN other AS y ON " + queries.on() + " WHERE " + both.condition(1);
        return ComparedQuery.ofWindow(query + " GROUP BY " + WINDOW, query);
    }
}
