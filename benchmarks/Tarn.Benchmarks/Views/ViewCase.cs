namespace Tarn.Benchmarks.Views;

/// <summary>What a view is measured with.</summary>
/// <param name="Users">Users that the records are spread over.</param>
/// <param name="Select">Over <c>{source}</c>; its column <c>n</c> counts records.</param>
/// <param name="ByHand">The same by hand.</param>
internal sealed record ViewCase(string Name, int Users, string Select, Func<IHandCount> ByHand)
{
    public static IReadOnlyList<ViewCase> All { get; } =
    [
        PerUser("count per user, 50 users", 50),
        PerUser("count per user, 1,000,000 users", 1_000_000),
        new(
            "sums per minute",
            50,
            "SELECT date_trunc('minute', \"at\") AS minute, count(*) AS n, sum(score) AS s FROM {source} "
            + "GROUP BY minute",
            () => new MinuteSums()),
    ];

    private static ViewCase PerUser(string name, int users) => new(
        name, users, "SELECT user_id, count(*) AS n FROM {source} GROUP BY user_id", () => new UserCounts());
}
