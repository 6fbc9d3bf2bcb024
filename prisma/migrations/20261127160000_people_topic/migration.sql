-- The topic `people`: who has an account, as everybody may know them. Accounts are written by more than one program
-- (sign-in, invitations, tools on the database), so it is the table itself that tells of its changes, in the transaction
-- that makes them: there is no account without its event [L4].
CREATE FUNCTION "person_as_told"("person" "user") RETURNS JSONB LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object(
        'id', ("person")."id",
        'name', ("person")."name",
        'role', CASE WHEN ("person")."role" IN ('admin', 'operator') THEN ("person")."role" ELSE 'viewer' END,
        'active', NOT coalesce(("person")."banned", false)
    )
$$;

-- As append of log/record.ts does: the row of the topic is locked until COMMIT, so sequence order is commit order [L1].
CREATE FUNCTION "tell_of_person"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    "place" BIGINT;
BEGIN
    IF TG_OP = 'UPDATE' AND "person_as_told"(OLD) = "person_as_told"(NEW) THEN
        RETURN NULL;
    END IF;
    INSERT INTO "topic" ("name", "head") VALUES ('people', 1)
        ON CONFLICT ("name") DO UPDATE SET "head" = "topic"."head" + 1
        RETURNING "head" INTO "place";
    INSERT INTO "event" ("topic", "seq", "id", "type", "data", "at", "origin")
    VALUES (
        'people', "place", gen_random_uuid(),
        CASE TG_OP WHEN 'INSERT' THEN 'person_added' WHEN 'UPDATE' THEN 'person_changed' ELSE 'person_removed' END,
        CASE TG_OP WHEN 'DELETE' THEN jsonb_build_object('userId', OLD."id")
                   ELSE jsonb_build_object('person', "person_as_told"(NEW)) END,
        now(), 'system'
    );
    RETURN NULL;
END $$;

-- Those who are there already, in the order in which they came.
INSERT INTO "topic" ("name", "head") SELECT 'people', count(*) FROM "user" HAVING count(*) > 0;
INSERT INTO "event" ("topic", "seq", "id", "type", "data", "at", "origin")
SELECT 'people', row_number() OVER (ORDER BY "created_at", "id"), gen_random_uuid(), 'person_added',
       jsonb_build_object('person', "person_as_told"("user")), now(), 'system'
FROM "user";

CREATE TRIGGER "user_told" AFTER INSERT OR DELETE OR UPDATE OF "name", "role", "banned" ON "user"
    FOR EACH ROW EXECUTE FUNCTION "tell_of_person"();
