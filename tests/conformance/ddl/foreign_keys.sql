CREATE TABLE users (id bigint PRIMARY KEY, email text, org integer);
--= ok
CREATE TABLE posts (id bigint, author integer REFERENCES users, editor text);
--= ok
ALTER TABLE posts ADD CONSTRAINT posts_editor_fk FOREIGN KEY (editor) REFERENCES users (id);
--= 42804 foreign key constraint "posts_editor_fk" cannot be implemented
ALTER TABLE posts ADD FOREIGN KEY (editor) REFERENCES users (email);
--= 42830 there is no unique constraint matching given keys for referenced table "users"
ALTER TABLE posts ADD FOREIGN KEY (author, id) REFERENCES users (id);
--= 42830 number of referencing and referenced columns for foreign key disagree
ALTER TABLE posts ADD FOREIGN KEY (missing) REFERENCES users (id);
--= 42703 column "missing" referenced in foreign key constraint does not exist
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users (missing);
--= 42703 column "missing" referenced in foreign key constraint does not exist
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES missing (id);
--= 42P01 relation "missing" does not exist
ALTER TABLE posts ADD FOREIGN KEY (editor) REFERENCES posts;
--= 42704 there is no primary key for referenced table "posts"
ALTER TABLE posts ADD CONSTRAINT posts_author_fkey FOREIGN KEY (author) REFERENCES users (id);
--= 42710 constraint "posts_author_fkey" for relation "posts" already exists
ALTER TABLE posts ADD CONSTRAINT nv FOREIGN KEY (author) REFERENCES users (id) NOT VALID;
--= ok
ALTER TABLE posts VALIDATE CONSTRAINT nv;
--= ok
ALTER TABLE posts VALIDATE CONSTRAINT missing;
--= 42704 constraint "missing" of relation "posts" does not exist
ALTER TABLE posts ALTER CONSTRAINT nv DEFERRABLE INITIALLY DEFERRED;
--= ok
ALTER TABLE posts ALTER CONSTRAINT missing DEFERRABLE;
--= 42704 constraint "missing" of relation "posts" does not exist
ALTER TABLE users DROP CONSTRAINT users_pkey;
--= 2BP01 cannot drop constraint users_pkey on table users because other objects depend on it
DROP TABLE users;
--= 2BP01 cannot drop table users because other objects depend on it
ALTER TABLE users ALTER COLUMN id TYPE text;
--= 42804 foreign key constraint "posts_author_fkey" cannot be implemented
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users (id) ON DELETE SET NULL (editor);
--= [-14] 42601 @85 syntax error at or near "("
--= [15-] 42P10 column "editor" referenced in ON DELETE SET action must be part of foreign key
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users (id) ON UPDATE SET NULL (author);
--= [-14] 42601 @85 syntax error at or near "("
--= [15-] 0A000 @66 a column list with SET NULL is only supported for ON DELETE actions
CREATE VIEW uv AS SELECT id FROM users;
--= ok
ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES uv (id);
--= 42809 referenced relation "uv" is not a table
TRUNCATE users;
--= 0A000 cannot truncate a table referenced in a foreign key constraint
TRUNCATE users, posts;
--= ok
TRUNCATE users CASCADE;
--= ok
