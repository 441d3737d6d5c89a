package io.varuna.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Handler NOTHING = exchange -> {};

    private final Route rule = Route.get("/rules/{id}", NOTHING);
    private final Route status = Route.get("/rules/{id}/status", NOTHING);
    private final Route allStatus = Route.get("/rules/status/all", NOTHING);
    private final Route validate = Route.post("/rules/validate", NOTHING);
    private final Route root = Route.get("/", NOTHING);
    private final Router router = new Router(List.of(rule, status, allStatus, validate, root));

    @Test
    void partsInBracesStandForAnyPart() {
        assertThat(router.match("GET", "/rules/r1/status"))
                .isEqualTo(new Router.Match.Found(status, Map.of("id", "r1")));
    }

    @Test
    void literalPartsWinOverParameters() {
        assertThat(router.match("GET", "/rules/status/all")).isEqualTo(new Router.Match.Found(allStatus, Map.of()));
    }

    @Test
    void literalPathOfAnotherMethodHidesNothing() {
        assertThat(router.match("GET", "/rules/validate"))
                .isEqualTo(new Router.Match.Found(rule, Map.of("id", "validate")));
    }

    @Test
    void headIsAnsweredLikeGet() {
        assertThat(router.match("HEAD", "/")).isEqualTo(new Router.Match.Found(root, Map.of()));
    }

    @Test
    void otherMethodsAreNamed() {
        assertThat(router.match("PATCH", "/rules/validate"))
                .isEqualTo(new Router.Match.OtherMethods(List.of("GET", "HEAD", "OPTIONS", "POST")));
    }

    @Test
    void slashAtTheEndIsIgnored() {
        assertThat(router.match("GET", "/rules/r1/")).isInstanceOf(Router.Match.Found.class);
    }

    @Test
    void emptyPartIsNoParameter() {
        assertThat(router.match("GET", "/rules//status")).isInstanceOf(Router.Match.UnknownPath.class);
    }

    @Test
    void unknownPathsAreUnknown() {
        assertThat(router.match("GET", "/nothing")).isInstanceOf(Router.Match.UnknownPath.class);
    }
}
