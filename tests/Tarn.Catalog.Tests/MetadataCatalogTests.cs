using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Tests;

public sealed class MetadataCatalogTests : IAsyncLifetime
{
    private static readonly TableName Scores = new("games", "scores");
    private static readonly CancellationToken None = CancellationToken.None;

    private TestCatalog? _opened;

    private TestCatalog Lake => _opened!;

    private ICatalog Catalog => Lake.Catalog;

    public async Task InitializeAsync()
    {
        _opened = TestCatalog.Open();
        await Catalog.CreateDatabaseAsync(new Database { Name = "games" }, None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    [Fact]
    public async Task ListDatabases_NewCatalog_HasDefault()
    {
        Assert.Equal(["default", "games"], (await Catalog.ListDatabasesAsync(None)).Select(d => d.Name));
        var failure = await AssertRefused(ErrorKind.Invalid, () => Catalog.DeleteDatabaseAsync("default", None));
        Assert.Contains("'default'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateDatabase_UpperCase_IsLoweredAndFoundInAnyCase()
    {
        var created = await Catalog.CreateDatabaseAsync(
            new Database
            {
                Name = "Flights",
                Description = "real",
                LocationUri = "s3://lake/flights/",
                Parameters = new Dictionary<string, string> { ["owner"] = "me" },
            },
            None);
        await Lake.ReopenAsync();
        var found = await Catalog.FindDatabaseAsync("FLIGHTS", None);
        Assert.Equal("flights", created.Name);
        Assert.Equal(Lake.Clock.GetUtcNow(), found!.CreatedAt);
        Assert.Equal(("flights", "real", "s3://lake/flights/"), (found.Name, found.Description, found.LocationUri));
        Assert.Equal("me", found.Parameters["owner"]);
    }

    [Fact]
    public async Task CreateTable_OfBuckets_KeepsThem()
    {
        await Catalog.CreateTableAsync(
            new Table { Name = Scores, Storage = new StorageDescriptor { Buckets = new TableBuckets(["user"], 16) } },
            None);
        await Lake.ReopenAsync();

        var found = await Catalog.FindTableAsync(Scores, None);

        Assert.Equal(16, found!.Storage.Buckets!.Count);
        Assert.Equal(["user"], found.Storage.Buckets.Columns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    [InlineData(" a")]
    public async Task CreateDatabase_NameNotLegal_IsRefused(string name) =>
        await AssertRefused(ErrorKind.Invalid, () => Catalog.CreateDatabaseAsync(new Database { Name = name }, None));

    [Fact]
    public async Task CreateDatabase_NameLength_UpTo255()
    {
        Assert.NotNull(await Catalog.CreateDatabaseAsync(new Database { Name = new string('d', 255) }, None));
        await AssertRefused(
            ErrorKind.Invalid, () => Catalog.CreateDatabaseAsync(new Database { Name = new string('d', 256) }, None));
    }

    [Fact]
    public async Task Create_Twice_AlreadyExists()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await AssertRefused(
            ErrorKind.AlreadyExists, () => Catalog.CreateDatabaseAsync(new Database { Name = "GAMES" }, None));
        await AssertRefused(ErrorKind.AlreadyExists, () => Catalog.CreateTableAsync(ScoresTable(), None));
    }

    [Fact]
    public async Task CreateTable_Definition_ComesBackAfterARestart()
    {
        var created = await Catalog.CreateTableAsync(ScoresTable(), None);
        await Lake.ReopenAsync();
        var found = await Catalog.FindTableAsync(new TableName("Games", "SCORES"), None);
        Assert.Equal(1, created.Version);
        Assert.Equivalent(created, found, strict: true);
        Assert.Equal(Scores, found!.Name);
        Assert.Equal([new Column("user_id", "STRING"), new Column("score", "int", "points")], found.Storage.Columns);
        Assert.Equal([new Column("year", "int"), new Column("place", "string")], found.PartitionKeys);
        Assert.Equal("1", found.Storage.SerDeParameters["serialization.format"]);
        Assert.Equal(Lake.Clock.GetUtcNow(), found.CreatedAt);
    }

    [Fact]
    public async Task CreateTable_View_KeepsItsText()
    {
        const string Text = "/* Presto View: e30= */";
        await Catalog.CreateTableAsync(
            new Table { Name = Scores, TableType = "VIRTUAL_VIEW", ViewOriginalText = Text }, None);
        Assert.Equal(Text, (await Catalog.FindTableAsync(Scores, None))!.ViewOriginalText);
    }

    [Fact]
    public async Task CreateTable_NotLegal_IsRefusedAndNamesTheThing()
    {
        var table = ScoresTable();
        await AssertNames("'x'", ErrorKind.NotFound, table with { Name = new TableName("x", "t") });
        await AssertNames("'a/b'", ErrorKind.Invalid, table with { Name = new TableName("games", "a/b") });
        await AssertNames("MANAGED_TABLE", ErrorKind.Unsupported, table with { TableType = "MANAGED_TABLE" });
        await AssertNames("has no text", ErrorKind.Invalid, table with { TableType = "VIRTUAL_VIEW" });
        await AssertNames("view's text", ErrorKind.Invalid, table with { ViewOriginalText = "select 1" });
        await AssertNames("'bignit'", ErrorKind.Invalid, With(new Column("a", "bignit")));
        await AssertNames("'uniontype'", ErrorKind.Unsupported, With(new Column("a", "uniontype<int,string>")));
        await AssertNames("'a' of table", ErrorKind.Invalid, With(new Column("a", "int"), new Column("A", "int")));
        await AssertNames("'year'", ErrorKind.Invalid, With(new Column("Year", "int")));
        await AssertNames("column name ''", ErrorKind.Invalid, With(new Column("", "int")));
        await AssertNames("location", ErrorKind.Invalid, table with { Storage = new() { Location = "file:///etc" } });
        await AssertNames("'k'", ErrorKind.Invalid, table with { PartitionKeys = [new Column("k", "array<int>")] });
        Assert.Empty(await Catalog.ListTablesAsync("games", None));

        Table With(params Column[] columns) => table with { Storage = table.Storage with { Columns = columns } };
        async Task AssertNames(string words, ErrorKind kind, Table wrong)
        {
            var failure = await AssertRefused(kind, () => Catalog.CreateTableAsync(wrong, None));
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UpdateTable_OldVersion_IsRefused()
    {
        var first = await Catalog.CreateTableAsync(ScoresTable(), None);
        Lake.Clock.Advance(TimeSpan.FromHours(1));
        var second = await Catalog.UpdateTableAsync(first with { Description = "two" }, None);
        Assert.Equal((2, first.CreatedAt), (second.Version, second.CreatedAt));
        Assert.Equal(first.UpdatedAt.AddHours(1), second.UpdatedAt);
        await AssertRefused(
            ErrorKind.Conflict, () => Catalog.UpdateTableAsync(first with { Description = "lost" }, None));
        Assert.Equal("two", (await Catalog.FindTableAsync(Scores, None))!.Description);
        var third = await Catalog.UpdateTableAsync(first with { Description = "three", Version = 0 }, None);
        Assert.Equal(3, third.Version);
    }

    [Fact]
    public async Task UpdateTable_ManyAtOnceWithVersionZero_AllHappen()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Catalog.UpdateTableAsync(ScoresTable() with { Description = $"{i}" }, None))));
        Assert.Equal(9, (await Catalog.FindTableAsync(Scores, None))!.Version);
    }

    [Fact]
    public async Task UpdateTable_PartitionKeysWithPartitions_IsRefused()
    {
        var table = await Catalog.CreateTableAsync(ScoresTable(), None);
        table = await Catalog.UpdateTableAsync(table with { PartitionKeys = [new Column("day", "int")] }, None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1")], None);
        await AssertRefused(
            ErrorKind.Invalid, () => Catalog.UpdateTableAsync(table with { PartitionKeys = [] }, None));
        await Catalog.UpdateTableAsync(table with { PartitionKeys = [new Column("day", "bigint")] }, None);
    }

    [Fact]
    public async Task Missing_Anything_NotFoundOrNull()
    {
        Assert.Null(await Catalog.FindDatabaseAsync("nope", None));
        Assert.Null(await Catalog.FindTableAsync(new TableName("nope", "nope"), None));
        var codes = new[]
        {
            await AssertRefused(ErrorKind.NotFound, () => Catalog.ListTablesAsync("nope", None)),
            await AssertRefused(ErrorKind.NotFound, () => Catalog.DeleteDatabaseAsync("nope", None)),
            await AssertRefused(ErrorKind.NotFound, () => Catalog.DeleteTableAsync(Scores, None)),
            await AssertRefused(ErrorKind.NotFound, () => Catalog.UpdateTableAsync(ScoresTable(), None)),
            await AssertRefused(ErrorKind.NotFound, () => Catalog.ListPartitionsAsync(Scores, None)),
            await AssertRefused(ErrorKind.NotFound, () => Catalog.AddPartitionsAsync(Scores, [Partition("1")], None)),
        }.Select(failure => failure.Code);
        Assert.Equal(["SCHEMA_NOT_FOUND", "SCHEMA_NOT_FOUND", .. Enumerable.Repeat("TABLE_NOT_FOUND", 4)], codes);
    }

    [Fact]
    public async Task DeleteDatabase_WithTables_TakesThemAlongAndNoOthers()
    {
        await Catalog.CreateDatabaseAsync(new Database { Name = "games2" }, None);
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.CreateTableAsync(ScoresTable() with { Name = new TableName("games2", "scores") }, None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1", "a")], None);
        await Catalog.AddPartitionsAsync(new TableName("games2", "scores"), [Partition("1", "a")], None);

        await Catalog.DeleteDatabaseAsync("Games", None);

        Assert.Null(await Catalog.FindTableAsync(Scores, None));
        Assert.Single(await Catalog.ListPartitionsAsync(new TableName("games2", "scores"), None));
        Assert.Single(await Lake.Metadata.ListAsync("partition", "", null, 10, None));
    }

    [Fact]
    public async Task DeleteTable_CreatedAgain_HasNoOldPartitions()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.CreateTableAsync(ScoresTable() with { Name = new TableName("games", "scores_2") }, None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1", "a")], None);
        await Catalog.AddPartitionsAsync(new TableName("games", "scores_2"), [Partition("1", "a")], None);
        await Catalog.DeleteTableAsync(Scores, None);
        await Catalog.CreateTableAsync(ScoresTable(), None);
        Assert.Empty(await Catalog.ListPartitionsAsync(Scores, None));
        Assert.Single(await Catalog.ListPartitionsAsync(new TableName("games", "scores_2"), None));
        Assert.Equal(["scores", "scores_2"], (await Catalog.ListTablesAsync("games", None)).Select(t => t.Name.Name));
    }

    [Fact]
    public async Task PlanPartitions_TableDeletedBeforeTheCommit_LeavesNoOrphan()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        var plan = await Catalog.PlanPartitionsAsync(Scores, [Partition("1", "a")], None);
        await Catalog.DeleteTableAsync(Scores, None);
        await AssertRefused(ErrorKind.Conflict, () => Lake.Metadata.ApplyAsync(plan, None));
        Assert.Empty(await Lake.Metadata.ListAsync("partition", "", null, 10, None));
    }

    [Fact]
    public async Task PlanPartitions_WithACheckpoint_AreOneCommit()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        var plan = await Catalog.PlanPartitionsAsync(Scores, [Partition("1", "a"), Partition("1", "a")], None);
        await Lake.Metadata.ApplyAsync([.. plan, MetadataChange.Create("checkpoint", "c", "{}")], None);
        Assert.Single(await Catalog.ListPartitionsAsync(Scores, None));
        Assert.Empty(await Catalog.PlanPartitionsAsync(Scores, [Partition("1", "a")], None));
    }

    [Fact]
    public async Task PlanReplacement_Committed_SwitchesLocationAndPartitions()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1", "a"), Partition("2", "b")], None);
        var plan = await Catalog.PlanReplacementAsync(
            Scores, "s3://lake/next/", [new Partition(["2", "b"], "s3://lake/next/b/", default)], None);
        Assert.Equal(2, (await Catalog.ListPartitionsAsync(Scores, None)).Count);
        await Lake.Metadata.ApplyAsync(plan, None);
        var table = (await Catalog.FindTableAsync(Scores, None))!;
        Assert.Equal(("s3://lake/next/", 2), (table.Storage.Location, table.Version));
        var partition = Assert.Single(await Catalog.ListPartitionsAsync(Scores, None));
        Assert.Equal("s3://lake/next/b/", partition.Location);
        await AssertRefused(ErrorKind.Conflict, () => Lake.Metadata.ApplyAsync(plan, None));
    }

    [Fact]
    public async Task AddPartitions_Existing_AreLeftAsTheyAre()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1", "a")], None);
        var other = new Partition(["1", "a"], "s3://elsewhere/", default);
        await Catalog.AddPartitionsAsync(Scores, [other, Partition("2", "b")], None);
        var found = await Catalog.ListPartitionsAsync(Scores, None);
        Assert.Equal(["s3://lake/1,a/", "s3://lake/2,b/"], found.Select(p => p.Location));
    }

    [Fact]
    public async Task AddPartitions_SamePartitionFromManyCallers_IsAddedOnce()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Catalog.AddPartitionsAsync(Scores, [Partition("1", "a"), Partition("2", $"{i}")], None))));
        Assert.Equal(9, (await Catalog.ListPartitionsAsync(Scores, None)).Count);
    }

    [Fact]
    public async Task AddPartitions_NotFitting_IsRefused()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.CreateTableAsync(ScoresTable() with { Name = new("games", "flat"), PartitionKeys = [] }, None);
        await AssertRefusedIn(Scores, Partition("1"));
        await AssertRefusedIn(Scores, Partition("1", "a") with { Location = "" });
        await AssertRefusedIn(Scores, Partition("1", "a") with { Location = "/etc" });
        await AssertRefusedIn(new TableName("games", "flat"), Partition());
        Assert.Empty(await Catalog.ListPartitionsAsync(Scores, None));

        Task AssertRefusedIn(TableName table, Partition wrong) => AssertRefused(
            ErrorKind.Invalid, () => Catalog.AddPartitionsAsync(table, [Partition("9", "z"), wrong], None));
    }

    [Fact]
    public async Task ListPartitions_AnyValues_AreInOrderOfTheirValues()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        string[] texts =
            ["", " ", "!", "!20", "\t", "a", "a b", "a!b", "a-b", "a/b", "a=b", "ab", "A", "é", "2026-1", "z\u0001"];
        var values = texts.SelectMany(a => texts.Select(b => new[] { a, b })).ToArray();
        new Random(5).Shuffle(values);
        await Catalog.AddPartitionsAsync(Scores, [.. values.Select(v => Partition(v))], None);
        var found = (await Catalog.ListPartitionsAsync(Scores, None)).Select(p => p.Values);
        var expected = values.OrderBy(v => v[0], StringComparer.Ordinal).ThenBy(v => v[1], StringComparer.Ordinal);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task DeletePartition_Existing_OnlyThatOne()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.AddPartitionsAsync(Scores, [Partition("1", "a"), Partition("1", "a b")], None);
        Assert.True(await Catalog.DeletePartitionAsync(Scores, ["1", "a"], None));
        Assert.False(await Catalog.DeletePartitionAsync(Scores, ["1", "a"], None));
        Assert.Equal(["1", "a b"], Assert.Single(await Catalog.ListPartitionsAsync(Scores, None)).Values);
    }

    private static Table ScoresTable() => new()
    {
        Name = new TableName("Games", "Scores"),
        PartitionKeys = [new Column("year", "int"), new Column("place", "string")],
        Storage = new StorageDescriptor
        {
            Columns = [new Column("User_Id", "STRING"), new Column("score", "int", "points")],
            Location = "s3://lake/raw/scores/",
            SerDe = "org.openx.data.jsonserde.JsonSerDe",
            SerDeParameters = new Dictionary<string, string> { ["serialization.format"] = "1" },
        },
        Parameters = new Dictionary<string, string> { ["classification"] = "json" },
    };

    private static Partition Partition(params string[] values) =>
        new(values, $"s3://lake/{string.Join(',', values)}/", new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));

    private static async Task<TarnException> AssertRefused(ErrorKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }
}
