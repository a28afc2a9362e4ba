-- A password that somebody else chose: good for one log-in until then, where it must be changed.
ALTER TABLE "Account" ADD COLUMN "oneTimeUntil" TIMESTAMPTZ(3);

-- Names of two characters are the commonest, and a trigram needs three: every character and every pair of neighbours is a
-- key of its own. Characters, not letters: the database's locale makes no difference here.
CREATE FUNCTION name_grams(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(substr(name, at, size)), '{}')
  FROM generate_series(1, length(name)) AS at, (VALUES (1), (2)) AS sizes(size)
  WHERE at + size <= length(name) + 1
$$;
-- Without a list of pending entries, through which every search would walk.
CREATE INDEX "Patient_name_grams_idx" ON "Patient" USING gin (name_grams("name")) WITH (fastupdate = off);
