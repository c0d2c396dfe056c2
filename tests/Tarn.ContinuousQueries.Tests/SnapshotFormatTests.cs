using Tarn.ContinuousQueries.Batches;
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

    private static readonly ViewPlan Plan = new()
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
        FinalTypes = [],
        Columns = [],
        ChangesAreKeyed = true,
    };

    private static readonly SnapshotHeader Header = new()
    {
        ViewId = "v-1",
        PlanHash = ViewSnapshots.HashOf(Plan),
        ViewVersion = 12,
        Records = 34,
        BadRecords = 1,
        Groups = 3,
        StreamId = "s-1",
        Shards = [new ShardCursor("shardId-000000000000", 1_234_567_890_123_456_789, Ended: false)],
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

    private static string File1 => Path.Combine(AppContext.BaseDirectory, "testdata/v1/snapshot-1.tarnview");

    [Fact]
    public async Task Read_FileOfVersion1_GivesHeaderAndState()
    {
        using var file = File.OpenRead(File1);

        var (header, state) = SnapshotFile.Read(file, Plan, "v-1", Header.PlanHash);

        Assert.Equal((12, 34, 1, "s-1"), (header.ViewVersion, header.Records, header.BadRecords, header.StreamId));
        Assert.Equal(Header.Shards, header.Shards);
        Assert.Equal(Header.Bad, header.Bad);
        using var session = _duckDb.OpenSession();
        session.RegisterTable("s", new StateTable(state.Freeze(12), slots: null));
        Assert.Equal(
            [
                " | NULL | 0 | NULL | NULL | -0.25 | zz | 3 | 2.5 | 1 | last",
                "NULL | -1 | 7 | -1 | 4611685984067649541 | NULL | NULL | NULL | NULL | NULL | NULL",
                "ann | 1 | 2 | 0 | 12884901892 | 0.5 | a | 9 | 1.25 | 1 | NULL",
            ],
            await TextRows.ReadAsync(session, "SELECT * FROM s"));
    }

    [Fact]
    public async Task Write_SameState_GivesTheSameBytes()
    {
        using var session = _duckDb.OpenSession();
        var state = new ViewState(Plan);
        state.Merge(await ColumnBatch.ReadAsync(session, CastRows(), Plan.BatchTypes, CancellationToken.None),
            version: 12);
        using var written = new MemoryStream();

        SnapshotFile.Write(written, Header, state.Freeze(12));

        Assert.Equal(await File.ReadAllBytesAsync(File1), written.ToArray());
    }

    [Fact]
    public async Task Read_EveryTornOrFlippedFile_IsRefused()
    {
        var whole = await File.ReadAllBytesAsync(File1);
        for (var i = 0; i < whole.Length; i++)
        {
            using var torn = new MemoryStream(whole[..i]);
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Read(torn, Plan, "v-1", Header.PlanHash));
            var bytes = whole.ToArray();
            bytes[i] ^= 0x10;
            using var flipped = new MemoryStream(bytes);
            Assert.Throws<InvalidDataException>(() => SnapshotFile.Read(flipped, Plan, "v-1", Header.PlanHash));
        }

        using var other = new MemoryStream(whole);
        Assert.Throws<InvalidDataException>(() => SnapshotFile.Read(other, Plan, "v-2", Header.PlanHash));
    }

    public void Dispose()
    {
        _duckDb.Dispose();
        _directory.Dispose();
    }

    private static string CastRows()
    {
        var columns = Plan.BatchTypes.Select((type, i) => $"CAST(col{i} AS {type.Sql})");
        return $"SELECT {string.Join(", ", columns)} FROM ({Rows})";
    }
}
