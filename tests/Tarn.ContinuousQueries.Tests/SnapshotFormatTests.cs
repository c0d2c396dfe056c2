using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Runtime;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Testing;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>The layout of docs/formats/view-snapshot.md against a file that version 1 wrote.</summary>
public sealed class SnapshotFormatTests : IDisposable
{
    private const string Rows = """
        SELECT * FROM (VALUES
          ('ann', 1, 2, 3, 4, 0.5, 'a', 9, 1.25, 1, NULL),
          (NULL, -1, 7, -8, 5, NULL, NULL, NULL, NULL, 0, NULL),
          ('', NULL, 0, NULL, NULL, -0.25, 'zz', 3, 2.5, 2, 'last')) AS t
        """;

    private static readonly LeafPlan Leaf = new()
    {
        BatchSql = "version 1",
        BatchTypes =
        [
            CellType.Text, CellType.Int64, CellType.Int64, CellType.Int64, CellType.Int64, CellType.Double,
                CellType.Text,
            CellType.Int64, CellType.Double, CellType.Int64, CellType.Text,
        ],
        KeyTypes = [CellType.Text, CellType.Int64],
        Partials =
        [
            new PartialSpec(PartialKind.Count, ["n"], CellType.Int64),
            new PartialSpec(PartialKind.SumInteger, ["high", "low"], CellType.Int64),
            new PartialSpec(PartialKind.SumDouble, ["d"], CellType.Double),
            new PartialSpec(PartialKind.Max, ["m"], CellType.Text),
            new PartialSpec(PartialKind.ArgMax, ["o", "v"], CellType.Double, CellType.Int64),
            new PartialSpec(PartialKind.Last, ["c", "l"], CellType.Text),
        ],
        StateColumns =
        [
            new("k0", "VARCHAR"), new("k1", "BIGINT"), new("n", "BIGINT"), new("high", "BIGINT"), new("low", "BIGINT"),
            new("d", "DOUBLE"), new("m", "VARCHAR"), new("o", "BIGINT"), new("v", "DOUBLE"), new("c", "BIGINT"),
            new DuckDbColumn("l", "VARCHAR"),
        ],
        FinalSql = "",
        Source = new SourceSpec("clicks", [], "clicks", "", ""),
    };

    private static readonly ViewPlan Plan = new()
    {
        Leaves = [Leaf], FinalSql = "", FinalTypes = [], Columns = [], Changes = ChangeForm.Keyed,
    };

    private static readonly ViewOptions Options = new() { TtlMilliseconds = 60_000 };

    private static readonly SnapshotHeader Header = new()
    {
        ViewId = "v-1",
        PlanHash = ViewSnapshots.HashOf(Plan),
        ViewVersion = 12,
        Records = 34,
        BadRecords = 1,
        LateRecords = 2,
        Watermark = 1_767_355_200_000_000,
        Inputs =
        [
            new SnapshotInput("clicks", "s-1",
                [new ShardCursor("shardId-000000000000", 1_234_567_890_123_456_789, Ended: false)
                { NewestEvent = 1_767_355_205_000_000 }]),
        ],
        Leaves = [new SnapshotLeaf(3, 0, long.MinValue, HasTimes: true)],
        Late = [new LateRecord("clicks", "shardId-000000000000", 8, DateTimeOffset.UnixEpoch, 1, 2, "{}")],
        Bad = [new BadRecord("shardId-000000000000", 7, DateTimeOffset.UnixEpoch, "not JSON")],
    };

    private readonly TempDirectory _directory = new();
    private readonly IDuckDb _duckDb;

    public SnapshotFormatTests() => _duckDb = DuckDbInstance.Open(new DuckDbOptions
    {
        AllowedDirectories = [],
        TempDirectory = Path.Combine(_directory.Path, "temp"),
        Threads = 1,
    });

    private static string File2 => Path.Combine(AppContext.BaseDirectory, "testdata/v2/snapshot-1.tarnview");

    private static string File1 => Path.Combine(AppContext.BaseDirectory, "testdata/v1/snapshot-1.tarnview");

    private static readonly string[] ExpectedRows =
    [
        " | NULL | 0 | NULL | NULL | -0.25 | zz | 3 | 2.5 | 1 | last",
        "NULL | -1 | 7 | -1 | 4611685984067649541 | NULL | NULL | NULL | NULL | NULL | NULL",
        "ann | 1 | 2 | 0 | 12884901892 | 0.5 | a | 9 | 1.25 | 1 | NULL",
    ];

    [Fact]
    public async Task Read_FileOfVersion1_GivesHeaderAndState()
    {
        using var file = File.OpenRead(File1);
        var state = new ViewState(Plan, new ViewOptions(), sink: null);

        var header = SnapshotFile.Read(file, state, "v-1", Header.PlanHash, now: 5);

        Assert.Equal((12, 34, 1), (header.ViewVersion, header.Records, header.BadRecords));
        var input = Assert.Single(header.Inputs);
        Assert.Equal(("clicks", "s-1"), (input.Source, input.StreamId));
        Assert.Equal(
            [new ShardCursor("shardId-000000000000", 1_234_567_890_123_456_789, Ended: false)], input.Shards);
        Assert.Equal(Header.Bad, header.Bad);
        Assert.Equal(ExpectedRows, await RowsAsync(state));
    }

    [Fact]
    public async Task Read_FileOfVersion2_GivesHeaderAndState()
    {
        using var file = File.OpenRead(File2);
        var state = new ViewState(Plan, Options, sink: null);

        var header = SnapshotFile.Read(file, state, "v-1", Header.PlanHash, now: 5);

        Assert.Equal((12, 34, 1, 2), (header.ViewVersion, header.Records, header.BadRecords, header.LateRecords));
        Assert.Equal(Header.Watermark, header.Watermark);
        Assert.Equal(Header.Inputs[0].Shards, header.Inputs[0].Shards);
        Assert.Equal(Header.Late, header.Late);
        Assert.Equal(ExpectedRows, await RowsAsync(state));
        Assert.False(state.Pass(null, now: 7 + 59_999_999, version: 13));
        Assert.True(state.Pass(null, now: 7 + 60_000_000, version: 13));
    }

    [Fact]
    public async Task Write_SameState_GivesTheSameBytes()
    {
        using var session = _duckDb.OpenSession();
        var state = new ViewState(Plan, Options, sink: null);
        var rows = await ColumnBatch.ReadAsync(session, CastRows(), [], Leaf.BatchTypes, CancellationToken.None);
        state.Merge(0, [rows], version: 12, now: 7);
        using var written = new MemoryStream();

        SnapshotFile.Write(written, Header, state.Freeze(12));

        Assert.Equal(await File.ReadAllBytesAsync(File2), written.ToArray());
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Read_EveryTornOrFlippedFile_IsRefused(string version)
    {
        var whole = await File.ReadAllBytesAsync(version == "v1" ? File1 : File2);
        for (var i = 0; i < whole.Length; i++)
        {
            using var torn = new MemoryStream(whole[..i]);
            Assert.Throws<InvalidDataException>(() => Read(torn, "v-1"));
            var bytes = whole.ToArray();
            bytes[i] ^= 0x10;
            using var flipped = new MemoryStream(bytes);
            Assert.Throws<InvalidDataException>(() => Read(flipped, "v-1"));
        }

        using var other = new MemoryStream(whole);
        Assert.Throws<InvalidDataException>(() => Read(other, "v-2"));
    }

    private static SnapshotHeader Read(Stream file, string view) =>
        SnapshotFile.Read(file, new ViewState(Plan, Options, sink: null), view, Header.PlanHash, now: 5);

    private async Task<IReadOnlyList<string>> RowsAsync(ViewState state)
    {
        using var session = _duckDb.OpenSession();
        var leaf = state.Freeze(12).Leaves[0];
        session.RegisterTable("s", new StateTable(leaf, leaf.Shown(since: null)));
        return await TextRows.ReadAsync(session, "SELECT * FROM s");
    }

    public void Dispose()
    {
        _duckDb.Dispose();
        _directory.Dispose();
    }

    private static string CastRows()
    {
        var columns = Leaf.BatchTypes.Select((type, i) => $"CAST(col{i} AS {type.Sql})");
        return $"SELECT {string.Join(", ", columns)} FROM ({Rows})";
    }
}
