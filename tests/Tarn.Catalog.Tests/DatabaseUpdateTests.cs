using Tarn.Catalog.Databases;
using Tarn.Primitives.Errors;

namespace Tarn.Catalog.Tests;

/// <summary><see cref="ICatalog.UpdateDatabaseAsync"/>.</summary>
public sealed class DatabaseUpdateTests : CatalogScene
{
    [Fact]
    public async Task UpdateDatabase_AllOfIt_IsReplacedButNameAndDate()
    {
        var created = (await Catalog.FindDatabaseAsync("games", None))!.CreatedAt;
        Lake.Clock.Advance(TimeSpan.FromHours(1));

        var updated = await Catalog.UpdateDatabaseAsync(
            new Database
            {
                Name = "GAMES",
                Description = "new",
                LocationUri = "s3://lake/games/",
                Parameters = new Dictionary<string, string> { ["owner"] = "me" },
                CreatedAt = Lake.Clock.GetUtcNow(),
            },
            None);
        await Lake.ReopenAsync();

        var found = (await Catalog.FindDatabaseAsync("games", None))!;
        Assert.Equivalent(updated, found, strict: true);
        Assert.Equal(
            ("games", "new", "s3://lake/games/", created),
            (found.Name, found.Description, found.LocationUri, found.CreatedAt));
        Assert.Equal("me", found.Parameters["owner"]);
    }

    [Fact]
    public async Task UpdateDatabase_WithoutWhatItHad_TakesThatAway()
    {
        await Catalog.UpdateDatabaseAsync(
            new Database
            {
                Name = "games",
                LocationUri = "s3://lake/games/",
                Parameters = new Dictionary<string, string> { ["a"] = "1" },
            },
            None);

        await Catalog.UpdateDatabaseAsync(new Database { Name = "games" }, None);

        var found = (await Catalog.FindDatabaseAsync("games", None))!;
        Assert.Null(found.LocationUri);
        Assert.Empty(found.Parameters);
    }

    [Fact]
    public async Task UpdateDatabase_Tables_AreStillThere()
    {
        await Catalog.CreateTableAsync(ScoresTable(), None);

        await Catalog.UpdateDatabaseAsync(new Database { Name = "games", Description = "new" }, None);

        Assert.Equal("scores", Assert.Single(await Catalog.ListTablesAsync("games", None)).Name.Name);
    }

    [Fact]
    public async Task UpdateDatabase_Default_CanBeDescribed()
    {
        await Catalog.UpdateDatabaseAsync(new Database { Name = "default", Description = "ours" }, None);

        Assert.Equal("ours", (await Catalog.FindDatabaseAsync("default", None))!.Description);
    }

    [Fact]
    public async Task UpdateDatabase_MissingOrNotLegal_IsRefused()
    {
        var missing = await RefusedAsync(
            ErrorKind.NotFound, () => Catalog.UpdateDatabaseAsync(new Database { Name = "nope" }, None));
        var place = await RefusedAsync(
            ErrorKind.Invalid,
            () => Catalog.UpdateDatabaseAsync(new Database { Name = "games", LocationUri = "file:///etc" }, None));
        var name = await RefusedAsync(
            ErrorKind.Invalid, () => Catalog.UpdateDatabaseAsync(new Database { Name = "a/b" }, None));

        Assert.Equal("SCHEMA_NOT_FOUND", missing.Code);
        Assert.Contains("'games'", place.Message, StringComparison.Ordinal);
        Assert.Contains("'a/b'", name.Message, StringComparison.Ordinal);
        Assert.Null(await Catalog.FindDatabaseAsync("nope", None));
    }

    [Fact]
    public async Task UpdateDatabase_ManyAtOnce_AllHappenOneAfterTheOther()
    {
        var before = (await Metadata.FindAsync("database", "games", None))!.Version;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Catalog.UpdateDatabaseAsync(new Database { Name = "games", Description = $"{i}" }, None))));

        var after = (await Metadata.FindAsync("database", "games", None))!.Version;
        Assert.Equal(8, after - before);
    }

    [Fact]
    public async Task UpdateDatabase_BesideItsEnd_IsUpdatedOrGoneAndNeverBack()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"d{round}";
            await Catalog.CreateDatabaseAsync(new Database { Name = name }, None);
            var update = Task.Run(async () =>
            {
                try
                {
                    await Catalog.UpdateDatabaseAsync(new Database { Name = name, Description = "late" }, None);
                }
                catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
                {
                    // It was gone before.
                }
            });
            await Task.WhenAll(update, Task.Run(() => Catalog.DeleteDatabaseAsync(name, None)));

            Assert.Null(await Catalog.FindDatabaseAsync(name, None));
        }
    }
}
