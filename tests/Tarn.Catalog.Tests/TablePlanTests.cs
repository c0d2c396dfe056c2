using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Tests;

/// <summary><see cref="ICatalog.PlanTableAsync"/>.</summary>
public sealed class TablePlanTests : CatalogScene
{
    [Fact]
    public async Task PlanTable_NotCommitted_ChangesNothing()
    {
        var plan = await Catalog.PlanTableAsync(ScoresTable(), [PartitionOf("1", "a")], None);

        Assert.NotEmpty(plan);
        Assert.Null(await Catalog.FindTableAsync(Scores, None));
        Assert.Empty(await Metadata.ListAsync("partition", "", null, 10, None));
    }

    [Fact]
    public async Task PlanTable_CommittedWithSomethingElse_IsOneChangeThatARestartKeeps()
    {
        var plan = await Catalog.PlanTableAsync(
            ScoresTable() with { Name = new TableName("Games", "SCORES") },
            [PartitionOf("2", "b"), PartitionOf("1", "a")],
            None);
        await Metadata.ApplyAsync([.. plan, MetadataChange.Create("checkpoint", "c", "{}")], None);
        await Lake.ReopenAsync();

        var table = (await Catalog.FindTableAsync(Scores, None))!;
        Assert.Equal((Scores, 1L, Lake.Clock.GetUtcNow()), (table.Name, table.Version, table.CreatedAt));
        Assert.Equal(["1/a: s3://lake/1/a/", "2/b: s3://lake/2/b/"], await PartitionsAsync());
        Assert.NotNull(await Metadata.FindAsync("checkpoint", "c", None));
    }

    [Fact]
    public async Task PlanTable_CommittedAfterAnotherMadeIt_IsAConflictThatLeavesTheOthers()
    {
        var plan = await Catalog.PlanTableAsync(ScoresTable(), [PartitionOf("1", "a")], None);
        await Catalog.CreateTableAsync(ScoresTable() with { Description = "the other's" }, None);

        await RefusedAsync(
            ErrorKind.Conflict,
            () => Metadata.ApplyAsync([MetadataChange.Create("checkpoint", "c", "{}"), .. plan], None));

        Assert.Equal("the other's", (await Catalog.FindTableAsync(Scores, None))!.Description);
        Assert.Empty(await PartitionsAsync());
        Assert.Null(await Metadata.FindAsync("checkpoint", "c", None));
    }

    [Fact]
    public async Task PlanTable_OfManyAtOnce_IsCommittedOnce()
    {
        var plans = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Catalog.PlanTableAsync(
            ScoresTable() with { Description = $"{i}" }, [PartitionOf($"{i}", "a")], None)));

        var committed = await Task.WhenAll(plans.Select(plan => Task.Run(async () =>
        {
            try
            {
                await Metadata.ApplyAsync(plan, None);
                return true;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
            {
                return false;
            }
        })));

        var winner = Array.IndexOf(committed, true);
        Assert.Equal(1, committed.Count(happened => happened));
        Assert.Equal($"{winner}", (await Catalog.FindTableAsync(Scores, None))!.Description);
        Assert.Equal([$"{winner}/a: s3://lake/{winner}/a/"], await PartitionsAsync());
    }

    [Fact]
    public async Task PlanTable_DatabaseDeletedBeforeTheCommit_LeavesNoOrphan()
    {
        var plan = await Catalog.PlanTableAsync(ScoresTable(), [PartitionOf("1", "a")], None);
        await Catalog.DeleteDatabaseAsync("games", None);

        await RefusedAsync(ErrorKind.Conflict, () => Metadata.ApplyAsync(plan, None));

        Assert.Empty(await Metadata.ListAsync("table", "", null, 10, None));
        Assert.Empty(await Metadata.ListAsync("partition", "", null, 10, None));
    }

    [Fact]
    public async Task PlanTable_NotFitting_IsRefusedBeforeAnyCommit()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);

        var exists = await RefusedAsync(
            ErrorKind.AlreadyExists, () => Catalog.PlanTableAsync(ScoresTable(), [], None));
        var nowhere = await RefusedAsync(
            ErrorKind.NotFound,
            () => Catalog.PlanTableAsync(ScoresTable() with { Name = new TableName("none", "t") }, [], None));
        var other = ScoresTable() with { Name = new TableName("games", "other") };
        var partition = await RefusedAsync(
            ErrorKind.Invalid,
            () => Catalog.PlanTableAsync(other, [PartitionOf("1", "a") with { Values = ["1"] }], None));
        var type = await RefusedAsync(
            ErrorKind.Invalid,
            () => Catalog.PlanTableAsync(other with { PartitionKeys = [new Column("k", "bignit")] }, [], None));

        Assert.Contains("'games.scores'", exists.Message, StringComparison.Ordinal);
        Assert.Equal("SCHEMA_NOT_FOUND", nowhere.Code);
        Assert.Contains("'games.other'", partition.Message, StringComparison.Ordinal);
        Assert.Contains("'bignit'", type.Message, StringComparison.Ordinal);
    }
}
