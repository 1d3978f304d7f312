CREATE TABLE t (id integer, owner name);
--= ok
CREATE POLICY p ON t USING (owner = current_user);
--= ok
CREATE POLICY p ON t USING (true);
--= 42710 policy "p" for table "t" already exists
CREATE POLICY q ON t FOR INSERT USING (true);
--= 42601 only WITH CHECK expression allowed for INSERT
CREATE POLICY q ON t FOR SELECT WITH CHECK (true);
--= 42601 WITH CHECK cannot be applied to SELECT or DELETE
CREATE POLICY q ON t USING (nothing = 1);
--= 42703 column "nothing" does not exist
CREATE POLICY q ON t USING (id);
--= 42804 argument of POLICY must be type boolean, not type integer
CREATE POLICY q ON t TO nobody_at_all USING (true);
--= 42704 role "nobody_at_all" does not exist
CREATE POLICY q ON nowhere USING (true);
--= 42P01 relation "nowhere" does not exist
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--= ok
DROP POLICY nothing ON t;
--= 42704 policy "nothing" for table "t" does not exist
DROP POLICY IF EXISTS nothing ON t;
--= ok
ALTER POLICY p ON t RENAME TO r;
--= ok
CREATE RULE ru AS ON INSERT TO t DO INSTEAD NOTHING;
--= ok
CREATE RULE ru AS ON INSERT TO t DO INSTEAD NOTHING;
--= 42710 rule "ru" for relation "t" already exists
CREATE RULE ru2 AS ON INSERT TO t WHERE OLD.id > 0 DO INSTEAD NOTHING;
--= 42P01 @41 invalid reference to FROM-clause entry for table "old"
CREATE RULE ru2 AS ON SELECT TO t DO INSTEAD SELECT 1;
--= [-15] 42P17 SELECT rule's target entry 1 has different column name from column "id"
--= [16-] 42809 relation "t" cannot have ON SELECT rules
DROP RULE nothing ON t;
--= 42704 rule "nothing" for relation "t" does not exist
