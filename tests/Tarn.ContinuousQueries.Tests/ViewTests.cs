namespace Tarn.ContinuousQueries.Tests;

public sealed class ViewTests
{
    [Fact]
    public async Task Create_RecordsBeforeAndAfter_AllCounted()
    {
        await using var lake = await Lake.OpenAsync(shards: 3);
        await lake.PutAsync(
            """{"user_id":"ann","score":3}""", """{"user_id":"bob","score":5}""", """{"user_id":"ann","score":9}""");

        var answer = await lake.RunAsync("""
            CREATE MATERIALIZED VIEW per_user AS
              SELECT user_id, count(*) AS games, max(score) AS best FROM scores GROUP BY user_id;
            """);
        await lake.PutAsync("""{"user_id":"bob","score":1}""");

        Assert.Equal("created materialized view per_user", answer);
        Assert.Equal(["ann | 2 | 9", "bob | 2 | 5"], await lake.RowsAsync("per_user"));
    }
}
