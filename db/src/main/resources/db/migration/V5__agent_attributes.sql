-- What constraints may speak of besides hostname, region and zone: a JSON object of texts by attribute name. Null where
-- the instance waits for its place, or got it before attributes were kept.
alter table instance add column agent_attributes text;
