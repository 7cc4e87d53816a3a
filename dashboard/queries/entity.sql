SELECT * FROM entities WHERE entity_id = $entity_id
