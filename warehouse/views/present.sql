-- The moment, in UTC. A cast of now() would be local time where the reader has set a time zone.
SELECT make_timestamp(epoch_us(now())) AS moment
