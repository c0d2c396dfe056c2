using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;

namespace Tarn.Catalog.Tests;

/// <summary><see cref="ICatalog.ReplacePartitionAsync"/> and <see cref="ICatalog.DeletePartitionsAsync"/>.</summary>
public sealed class PartitionChangeTests : CatalogScene
{
    [Fact]
    public async Task ReplacePartition_OtherValues_IsARenameThatARestartKeeps()
    {
        await MakeAsync(("1", "a"), ("2", "b"));

        await Catalog.ReplacePartitionAsync(
            Scores, ["1", "a"], PartitionOf("3", "c") with { Location = "s3://lake/1/a/" }, None);
        await Lake.ReopenAsync();

        Assert.Equal(["2/b: s3://lake/2/b/", "3/c: s3://lake/1/a/"], await PartitionsAsync());
    }

    [Fact]
    public async Task ReplacePartition_SameValues_ChangesItsLocationAlone()
    {
        await MakeAsync(("1", "a"), ("1", "a b"));

        await Catalog.ReplacePartitionAsync(
            Scores, ["1", "a"], PartitionOf("1", "a") with { Location = "s3://other/x/" }, None);

        Assert.Equal(["1/a: s3://other/x/", "1/a b: s3://lake/1/a b/"], await PartitionsAsync());
    }

    [Fact]
    public async Task ReplacePartition_OntoAnotherOne_IsRefusedAndBothStay()
    {
        await MakeAsync(("1", "a"), ("2", "b"));

        var failure = await RefusedAsync(
            ErrorKind.AlreadyExists,
            () => Catalog.ReplacePartitionAsync(Scores, ["1", "a"], PartitionOf("2", "b"), None));

        Assert.Contains("[2, b]", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1/a: s3://lake/1/a/", "2/b: s3://lake/2/b/"], await PartitionsAsync());
    }

    [Fact]
    public async Task ReplacePartition_MissingOrNotFitting_IsRefused()
    {
        await MakeAsync(("1", "a"));

        var missing = await RefusedAsync(
            ErrorKind.NotFound,
            () => Catalog.ReplacePartitionAsync(Scores, ["9", "z"], PartitionOf("3", "c"), None));
        var same = await RefusedAsync(
            ErrorKind.NotFound,
            () => Catalog.ReplacePartitionAsync(Scores, ["9", "z"], PartitionOf("9", "z"), None));
        await RefusedAsync(
            ErrorKind.Invalid,
            () => Catalog.ReplacePartitionAsync(
                Scores, ["1", "a"], PartitionOf("1", "a") with { Values = ["1"] }, None));
        await RefusedAsync(
            ErrorKind.Invalid,
            () => Catalog.ReplacePartitionAsync(
                Scores, ["1", "a"], PartitionOf("1", "a") with { Location = "" }, None));
        var table = await RefusedAsync(
            ErrorKind.NotFound,
            () => Catalog.ReplacePartitionAsync(
                new TableName("games", "none"), ["1", "a"], PartitionOf("1", "a"), None));

        Assert.Contains("[9, z]", missing.Message, StringComparison.Ordinal);
        Assert.Contains("[9, z]", same.Message, StringComparison.Ordinal);
        Assert.Equal("TABLE_NOT_FOUND", table.Code);
        Assert.Equal(["1/a: s3://lake/1/a/"], await PartitionsAsync());
    }

    [Fact]
    public async Task ReplacePartition_FromManyCallers_HappensOnce()
    {
        await MakeAsync(("1", "a"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await Catalog.ReplacePartitionAsync(Scores, ["1", "a"], PartitionOf("2", $"{i}"), None);
                return (ErrorKind?)null;
            }
            catch (TarnException failure)
            {
                return failure.Kind;
            }
        })));

        var winner = Array.IndexOf(outcomes, null);
        Assert.Equal(7, outcomes.Count(outcome => outcome == ErrorKind.NotFound));
        Assert.Equal([$"2/{winner}: s3://lake/2/{winner}/"], await PartitionsAsync());
    }

    [Fact]
    public async Task ReplacePartition_BesideTheTablesEnd_LeavesNoOrphan()
    {
        for (var round = 0; round < 20; round++)
        {
            await MakeAsync(("1", "a"));
            var replace = Task.Run(async () =>
            {
                try
                {
                    await Catalog.ReplacePartitionAsync(Scores, ["1", "a"], PartitionOf("2", "b"), None);
                }
                catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
                {
                    // The table was gone before.
                }
            });
            await Task.WhenAll(replace, Task.Run(() => Catalog.DeleteTableAsync(Scores, None)));

            Assert.Empty(await Metadata.ListAsync("partition", "", null, 10, None));
        }
    }

    [Fact]
    public async Task DeletePartitions_SomeThatAreThere_AreGoneAndTheOthersStay()
    {
        await MakeAsync(("1", "a"), ("1", "a b"), ("2", "b"), ("3", "c"));

        await Catalog.DeletePartitionsAsync(Scores, [["1", "a"], ["9", "z"], ["3", "c"], ["3", "c"]], None);
        await Lake.ReopenAsync();

        Assert.Equal(["1/a b: s3://lake/1/a b/", "2/b: s3://lake/2/b/"], await PartitionsAsync());
    }

    [Fact]
    public async Task DeletePartitions_NoneOrValuesOfOneKey_DeletesNothing()
    {
        await MakeAsync(("1", "a"), ("1", "b"));

        await Catalog.DeletePartitionsAsync(Scores, [], None);
        await Catalog.DeletePartitionsAsync(Scores, [["1"]], None);

        Assert.Equal(2, (await PartitionsAsync()).Count());
    }

    [Fact]
    public async Task DeletePartitions_OfAMissingTable_IsNotFound()
    {
        var failure = await RefusedAsync(
            ErrorKind.NotFound, () => Catalog.DeletePartitionsAsync(Scores, [["1", "a"]], None));

        Assert.Equal("TABLE_NOT_FOUND", failure.Code);
    }

    [Fact]
    public async Task DeletePartitions_OfAnotherTableOfTheSameBeginning_StayThere()
    {
        await MakeAsync(("1", "a"));
        var other = new TableName("games", "scores_2");
        await Catalog.CreateTableAsync(ScoresTable() with { Name = other }, None);
        await Catalog.AddPartitionsAsync(other, [PartitionOf("1", "a")], None);

        await Catalog.DeletePartitionsAsync(Scores, [["1", "a"]], None);

        Assert.Empty(await PartitionsAsync());
        Assert.Single(await Catalog.ListPartitionsAsync(other, None));
    }

    private async Task MakeAsync(params (string Year, string Place)[] partitions)
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);
        await Catalog.AddPartitionsAsync(
            Scores, [.. partitions.Select(values => PartitionOf(values.Year, values.Place))], None);
    }
}
