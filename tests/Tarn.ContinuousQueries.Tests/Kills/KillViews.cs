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

        await KillSinks.MakeAsync(server);
    }
}
