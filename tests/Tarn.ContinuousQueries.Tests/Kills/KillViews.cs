using Tarn.ContinuousQueries.Tests.Lookups;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>One stream and views of different kinds over it.</summary>
internal static class KillViews
{
    /// <summary>A delay that no stall of a writer outlasts: nothing is late.</summary>
    public static StreamShape Shape { get; } = new()
    {
        Name = "killed", Shards = 2, Disorder = TimeSpan.FromSeconds(1), Delay = TimeSpan.FromSeconds(30),
    };

    public static IReadOnlyList<(string Name, ViewKind Kind)> All { get; } =
        [.. ViewKinds.Killed.Select(kind => (KindRun.NameOf(kind), kind))];

    /// <summary>A view that is replaced by other kinds again and again.</summary>
    public const string Replaced = "replaced";

    /// <summary>The kind that the statement of <see cref="Replaced"/> makes.</summary>
    public static ViewKind KindOf(string sql) => All.First(view => Replacement(view.Kind) == sql).Kind;

    public static string Replacement(ViewKind kind) =>
        kind.Create(Replaced).Replace("CREATE ", "CREATE OR REPLACE ", StringComparison.Ordinal);

    public static async Task MakeAsync(KillServer server)
    {
        if (server.Streams.Find(EventTable.Stream) is null)
        {
            var spec = new StreamSpec { Name = EventTable.Stream, ShardCount = Shape.Shards };
            await server.Streams.CreateAsync(spec, CancellationToken.None);
        }

        if (!await server.Tables.HasAsync(GameTable.Name))
        {
            await GameTable.CreateAsync(server.Tables);
        }

        await server.RunAsync(EventTable.TimedSource("events", Shape.Delay));
        foreach (var (name, kind) in All)
        {
            await server.RunAsync(kind.Create(name));
        }

        if (server.Views.Find(Replaced) is null)
        {
            await server.RunAsync(Replacement(All[0].Kind));
        }

        await KillSinks.MakeAsync(server);
    }
}
