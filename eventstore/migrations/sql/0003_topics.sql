-- What the releases that wrote this log can write: an older one finds here that it could meet facts
-- that it does not know.
CREATE TABLE topic (topic text PRIMARY KEY);

GRANT SELECT, INSERT ON topic TO tutti_writer;
GRANT SELECT ON topic TO tutti_reader;
