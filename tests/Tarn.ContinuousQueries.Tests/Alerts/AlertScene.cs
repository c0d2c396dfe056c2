using Microsoft.Extensions.Time.Testing;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>A lake with a view of the newest score per user, and webhooks that keep what they get.</summary>
internal sealed class AlertScene : IAsyncDisposable
{
    public const string View =
        "CREATE MATERIALIZED VIEW v AS SELECT user_id, last(score) AS s, count(*) AS n FROM scores GROUP BY user_id";

    private AlertScene(Lake lake) => Lake = lake;

    public Lake Lake { get; }

    public WebhookStandIn Webhooks => Lake.Webhooks;

    public static async Task<AlertScene> OpenAsync(FakeTimeProvider? time = null, string view = View)
    {
        var scene = new AlertScene(await Lake.OpenAsync(time));
        await scene.Lake.RunAsync(view);
        return scene;
    }

    public static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero));

    public async Task PutAsync(params (string User, int Score)[] scores)
    {
        await Lake.PutAsync([.. scores.Select(score => $$"""{"user_id":"{{score.User}}","score":{{score.Score}}}""")]);
        await Lake.CatchUpAsync("v");
    }

    /// <summary>What SHOW ALERTS says of an alert.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> ShowAsync(string alert = "hot")
    {
        var shown = await Lake.ReadAsync("SHOW ALERTS");
        var row = shown.Rows.Single(row => row[0] == alert);
        return shown.Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>What SHOW ALERTS says once a column says that.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> UntilAsync(string column, string? value)
    {
        IReadOnlyDictionary<string, string?> shown = new Dictionary<string, string?>();
        await UntilAsync(async () => (shown = await ShowAsync())[column] == value,
            () => $"{column} is '{shown[column]}' and not '{value}'; error: {shown["error"]}");
        return shown;
    }

    /// <summary>The posts once there are so many.</summary>
    public async Task<IReadOnlyList<WebhookStandIn.Post>> PostsAsync(int count)
    {
        await UntilAsync(() => Task.FromResult(Webhooks.Posts.Count >= count),
            () => $"{Webhooks.Posts.Count} of {count} posts came");
        return Webhooks.Posts;
    }

    /// <summary>Lets the clock go on a second at a time until it is so.</summary>
    public static async Task AdvanceUntilAsync(FakeTimeProvider time, Func<Task<bool>> isSo)
    {
        await UntilAsync(async () =>
        {
            if (await isSo())
            {
                return true;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            return false;
        }, () => $"it is not so at {time.GetUtcNow()}");
    }

    public ValueTask DisposeAsync() => Lake.DisposeAsync();

    private static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, otherwise());
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
