-- target: curated.scores
-- location: s3://lake/curated/scores/
-- partitioned_by: year, month, day
-- bookmark: raw.scores
-- schedule: */5 * * * *
SELECT game_id, user_id, game, score, played_at, year, month, day
FROM raw.scores
