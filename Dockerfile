# The distribution, built beforehand by: mvn -q -DskipTests package
FROM eclipse-temurin:17-jre

ADD karaf-assembly/target/varuna-karaf-assembly-*.tar.gz /opt/
RUN mv /opt/varuna-karaf-assembly-* /opt/varuna \
    && /opt/varuna/bin/varuna archive \
    && useradd --system --home-dir /var/lib/varuna --create-home varuna \
    && mkdir -p /var/lib/varuna/data /var/lib/varuna/store /opt/varuna/deploy \
    && chown -R varuna /var/lib/varuna /opt/varuna/deploy /opt/varuna/etc

USER varuna
ENV VARUNA_DATA=/var/lib/varuna/data VARUNA_STORE=/var/lib/varuna/store VARUNA_HOST=0.0.0.0
VOLUME /var/lib/varuna
EXPOSE 9081
HEALTHCHECK CMD ["/opt/varuna/bin/varuna", "status"]
ENTRYPOINT ["/opt/varuna/bin/varuna"]
CMD ["server"]
