using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.ContinuousQueries.State;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Testing;

namespace Tarn.ContinuousQueries.Tests.Aggregates;

/// <summary>The layout of docs/formats/view-snapshot.md, "Values of groups", against a file that was written when it
/// came.</summary>
public sealed class ValueSnapshotTests : IDisposable
{
    private const string Rows = """
        SELECT * FROM (VALUES
          ('ann', ['a', 'b', 'a'], [0.5, -1.5, 0.5], [3, NULL, 1], ['a', 'b', 'a'], 3, 1.5, 0.5, 6),
          (NULL, [], NULL, [NULL], NULL, 0, NULL, NULL, NULL),
          ('bob', ['ä'], ['nan'::DOUBLE, 0.0, -0.0], [], ['ä'], 1, 2.0, 0.0, -3)) AS t
        """;

    private static readonly LeafPlan Leaf = new()
    {
        BatchSql = "values",
        BatchTypes =
        [
            CellType.Text, CellType.ListOf(CellType.Text), CellType.ListOf(CellType.Double),
            CellType.ListOf(CellType.Int64), CellType.ListOf(CellType.Text), CellType.Int64, CellType.Double,
            CellType.Double, CellType.Int64,
        ],
        KeyTypes = [CellType.Text],
        Partials =
        [
            new PartialSpec(PartialKind.Set, ["s"], CellType.Text)
            {
                Readings = [new Reading(ReadingKind.Size), new Reading(ReadingKind.Values)],
            },
            new PartialSpec(PartialKind.Counts, ["c"], CellType.Double)
            {
                Readings = [new Reading(ReadingKind.Values), new Reading(ReadingKind.Frequencies)],
            },
            new PartialSpec(PartialKind.List, ["l"], CellType.Int64)
            {
                Readings = [new Reading(ReadingKind.Values)],
            },
            new PartialSpec(PartialKind.Sketch, ["k"], CellType.Text),
            new PartialSpec(PartialKind.Moments, ["n", "m", "q"], CellType.Double),
            new PartialSpec(PartialKind.BitXor, ["x"], CellType.Int64),
        ],
        StateColumns =
        [
            new("k0", "VARCHAR"), new("s", "BIGINT"), new("sv", "VARCHAR"), new("cv", "VARCHAR"), new("cn", "VARCHAR"),
            new("l", "VARCHAR"), new("d", "BIGINT"), new("n", "BIGINT"), new("m", "DOUBLE"), new("q", "DOUBLE"),
            new DuckDbColumn("x", "BIGINT"),
        ],
        FinalSql = "",
        Source = new SourceSpec("clicks", [], "clicks", "", ""),
    };

    private static readonly ViewPlan Plan = new()
    {
        Leaves = [Leaf], FinalSql = "", FinalTypes = [], Columns = [], Changes = ChangeForm.Keyed,
    };

    private static readonly SnapshotHeader Header = new()
    {
        ViewId = "v-1",
        PlanHash = ViewSnapshots.HashOf(Plan),
        ViewVersion = 3,
        Records = 9,
        BadRecords = 0,
        Leaves = [new SnapshotLeaf(3, 0, long.MinValue, HasTimes: false)],
        Bad = [],
    };

    private static readonly string[] ExpectedRows =
    [
        """NULL | NULL | NULL | NULL | NULL | [null] | NULL | NULL | NULL | NULL | NULL""",
        """ann | 2 | ["a","b"] | ["-1.5","0.5"] | ["1","2"] | ["3",null,"1"] | 2 | 3 | 1.5 | 0.5 | 6""",
        """bob | 1 | ["\u00E4"] | ["0","NaN"] | ["2","1"] | NULL | 1 | 1 | 2 | 0 | -3""",
    ];

    private readonly TempDirectory _directory = new();
    private readonly IDuckDb _duckDb;

    public ValueSnapshotTests() => _duckDb = DuckDbInstance.Open(new DuckDbOptions
    {
        AllowedDirectories = [], TempDirectory = Path.Combine(_directory.Path, "temp"), Threads = 1,
    });

    private static string Stored => Path.Combine(AppContext.BaseDirectory, "testdata/v2/snapshot-values.tarnview");

    [Fact]
    public async Task Read_StoredFile_GivesTheValues()
    {
        using var file = File.OpenRead(Stored);
        var state = new ViewState(Plan, new ViewOptions(), sink: null);

        SnapshotFile.Read(file, state, "v-1", Header.PlanHash, now: 5);

        Assert.Equal(ExpectedRows, await RowsAsync(state));
        Assert.Equal((3, 11), (state.Count, state.ValueCount));
    }

    /// <summary>What was frozen before stays as it was: the file holds none of what is merged later.</summary>
    [Fact]
    public async Task Write_FrozenState_GivesTheSameBytesWhateverIsMergedLater()
    {
        var state = new ViewState(Plan, new ViewOptions(), sink: null);
        var batch = await BatchAsync(Rows);
        state.Merge(0, [batch], version: 3, now: 7);
        var frozen = state.Freeze(3);
        state.Merge(0, [batch, await BatchAsync(Rows.Replace("'a'", "'z'", StringComparison.Ordinal))], 4, now: 8);
        using var written = new MemoryStream();

        SnapshotFile.Write(written, Header, frozen);

        Assert.Equal(Convert.ToHexString(await File.ReadAllBytesAsync(Stored)), Convert.ToHexString(written.ToArray()));
        Assert.NotEqual(ExpectedRows, await RowsAsync(state));
    }

    public void Dispose()
    {
        _duckDb.Dispose();
        _directory.Dispose();
    }

    private async Task<ColumnBatch> BatchAsync(string rows)
    {
        using var session = _duckDb.OpenSession();
        var columns = Leaf.BatchTypes.Select((type, i) => $"CAST(col{i} AS {type.Sql})");
        return await ColumnBatch.ReadAsync(
            session, $"SELECT {string.Join(", ", columns)} FROM ({rows})", [], Leaf.BatchTypes,
            CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> RowsAsync(ViewState state)
    {
        using var session = _duckDb.OpenSession();
        var leaf = state.Freeze(12).Leaves[0];
        session.RegisterTable("s", new StateTable(leaf, leaf.Shown(since: null)));
        return await TextRows.ReadAsync(session, "SELECT * FROM s");
    }
}
