using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;

namespace Tarn.Catalog.Tests;

public sealed class PartitionSearchTests : IAsyncLifetime
{
    private static readonly TableName Scores = new("games", "scores");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestCatalog _lake = TestCatalog.Open();

    private ICatalog Catalog => _lake.Catalog;

    public async Task InitializeAsync()
    {
        await Catalog.CreateDatabaseAsync(new Database { Name = "games" }, None);
        await Catalog.CreateTableAsync(Definition(), None);
    }

    public async Task DisposeAsync() => await _lake.DisposeAsync();

    [Fact]
    public async Task Find_AfterEveryKindOfChange_IsWhatTheListHolds()
    {
        var random = new Random(7);
        for (var change = 0; change < 150; change++)
        {
            await ChangeAsync(random);
            var wanted = $"{random.Next(4)}";
            var key = random.Next(2);
            var found = await Catalog.FindPartitionsAsync(Scores, [], (k, value) => k != key || value == wanted, None);
            var all = await Catalog.ListPartitionsAsync(Scores, None);

            Assert.Equal(
                all.Where(partition => partition.Values[key] == wanted).Select(Text), found.Select(Text));
        }
    }

    [Fact]
    public async Task Find_LeadingValues_AreTheSameWithAndWithoutTheIndex()
    {
        string[] days = ["1", "2", "3", "__HIVE_DEFAULT_PARTITION__"];
        await Catalog.AddPartitionsAsync(
            Scores, [.. days.SelectMany(day => new[] { "1", "2" }.Select(part => Make(day, part)))], None);

        var before = await Catalog.FindPartitionsAsync(Scores, [["1", "3"]], (_, value) => value != "2", None);
        await Catalog.FindPartitionsAsync(Scores, [], (_, _) => true, None);
        var after = await Catalog.FindPartitionsAsync(Scores, [["1", "3"]], (_, value) => value != "2", None);

        Assert.Equal(["1 1", "3 1"], before.Select(Text).Select(text => text[..3]));
        Assert.Equal(before.Select(Text), after.Select(Text));
    }

    [Fact]
    public async Task Find_ValuesOfAnyLetters_AreFoundWhole()
    {
        string[] values = ["New York", "a!b", "2020/01/03", "é", "", "x y !"];
        await Catalog.AddPartitionsAsync(Scores, [.. values.Select(value => Make(value, value))], None);

        foreach (var wanted in values)
        {
            var found = await Catalog.FindPartitionsAsync(Scores, [], (_, value) => value == wanted, None);

            Assert.Equal([wanted, wanted], Assert.Single(found).Values);
        }
    }

    [Fact]
    public async Task Find_ManyPartitions_TestsEachValueOnce()
    {
        await Catalog.AddPartitionsAsync(
            Scores,
            [.. Enumerable.Range(0, 1000).Select(i => Make($"{i / 20}", $"{i % 20}"))],
            None);
        var tested = new List<(int, string)>();

        var found = await Catalog.FindPartitionsAsync(
            Scores,
            [],
            (key, value) =>
            {
                tested.Add((key, value));
                return key == 0 || value == "7";
            },
            None);

        Assert.Equal(50, found.Count);
        Assert.Equal(50 + 20, tested.Count);
    }

    [Fact]
    public async Task Find_BesideAWriter_HoldsAllThatHasReturned()
    {
        const int Count = 60;
        var added = 0;
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                await Catalog.AddPartitionsAsync(Scores, [Make($"{i:00}", "1")], None);
                Volatile.Write(ref added, i + 1);
            }
        });

        var missed = 0;
        while (!writer.IsCompleted)
        {
            var before = Volatile.Read(ref added);
            var found = await Catalog.FindPartitionsAsync(Scores, [], (_, _) => true, None);
            missed += found.Count < before ? 1 : 0;
        }

        await writer;
        Assert.Equal(0, missed);
        Assert.Equal(Count, (await Catalog.FindPartitionsAsync(Scores, [], (_, _) => true, None)).Count);
    }

    [Fact]
    public async Task Find_TableMadeAnewWithOtherKeys_HasItsOwnValues()
    {
        await Catalog.AddPartitionsAsync(Scores, [Make("1", "2")], None);
        await Catalog.FindPartitionsAsync(Scores, [], (_, _) => true, None);
        await Catalog.DeleteTableAsync(Scores, None);
        await Catalog.CreateTableAsync(Definition() with { PartitionKeys = [new Column("day", "string")] }, None);
        var empty = await Catalog.FindPartitionsAsync(Scores, [], (_, _) => true, None);
        await Catalog.AddPartitionsAsync(Scores, [new Partition(["9"], "s3://lake/9/", default)], None);

        var found = await Catalog.FindPartitionsAsync(Scores, [], (key, value) => key == 0 && value == "9", None);

        Assert.Empty(empty);
        Assert.Equal(["9"], Assert.Single(found).Values);
    }

    private async Task ChangeAsync(Random random)
    {
        string Value() => $"{random.Next(4)}";
        string[] values = [Value(), Value()];
        switch (random.Next(6))
        {
            case 0:
                await Catalog.DeletePartitionAsync(Scores, values, None);
                break;
            case 1:
                await Catalog.DeletePartitionsAsync(Scores, [values, [Value(), Value()]], None);
                break;
            case 2 when (await Catalog.ListPartitionsAsync(Scores, None)) is [var first, ..]
                && !(await Catalog.ListPartitionsAsync(Scores, None)).Any(p => p.Values.SequenceEqual(values)):
                await Catalog.ReplacePartitionAsync(Scores, first.Values, Make(values), None);
                break;
            case 3:
                var plan = await Catalog.PlanReplacementAsync(
                    Scores, $"s3://lake/{random.Next()}/", [Make(values), Make("0", "new")], None);
                await _lake.Metadata.ApplyAsync(plan, None);
                break;
            case 4 when random.Next(4) == 0:
                await Catalog.DeleteTableAsync(Scores, None);
                await Catalog.CreateTableAsync(Definition(), None);
                break;
            default:
                await Catalog.AddPartitionsAsync(Scores, [Make(values), Make(Value(), Value())], None);
                break;
        }
    }

    private static string Text(Partition partition) => $"{string.Join(' ', partition.Values)} {partition.Location}";

    private static Partition Make(params string[] values) =>
        new(values, $"s3://lake/{Uri.EscapeDataString(string.Join(',', values))}/", DateTimeOffset.UnixEpoch);

    private static Table Definition() => new()
    {
        Name = Scores,
        PartitionKeys = [new Column("day", "string"), new Column("part", "string")],
        Storage = new StorageDescriptor
        {
            Columns = [new Column("score", "int")], Location = "s3://lake/scores/",
            SerDe = "org.openx.data.jsonserde.JsonSerDe",
        },
    };
}
