using Tarn.Dashboards.Declarations;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Dashboards.Tests.Declarations;

public sealed class StoredDashboardsTests
{
    private readonly InMemoryMetadataStore _metadata = new();

    private static readonly TileSpec Tile = new()
    {
        Title = "Games per user", Kind = TileKind.Bar, View = "games_per_user", X = "user_id", Y = "games",
        OrderBy = "games desc", RowsMax = 20,
    };

    [Fact]
    public async Task Find_AfterRestart_GivesWhatWasPut()
    {
        var spec = new DashboardSpec { Name = "scores", Title = "Scores", Tiles = [Tile] };
        await new StoredDashboards(_metadata).PutAsync(spec, default);
        var found = await new StoredDashboards(_metadata).FindAsync("scores", default);

        Assert.Equal([Tile], found!.Tiles);
        Assert.Equal(("scores", "Scores"), (found.Name, found.Title));
    }

    [Fact]
    public async Task Put_Again_Replaces()
    {
        var dashboards = new StoredDashboards(_metadata);
        await dashboards.PutAsync(new DashboardSpec { Name = "a", Title = "One", Tiles = [Tile] }, default);
        await dashboards.PutAsync(new DashboardSpec { Name = "a", Title = "Two", Tiles = [Tile] }, default);

        Assert.Equal("Two", (await dashboards.ListAsync(default)).Single().Title);
    }

    [Fact]
    public async Task Put_WhenTheStoreFails_ChangesNothing()
    {
        var dashboards = new StoredDashboards(_metadata);
        await dashboards.PutAsync(new DashboardSpec { Name = "a", Title = "One", Tiles = [Tile] }, default);
        _metadata.NextFailure = new TarnException(ErrorKind.Unavailable, "the disk is full");
        var again = new DashboardSpec { Name = "a", Title = "Two", Tiles = [Tile] };

        await Assert.ThrowsAsync<TarnException>(() => dashboards.PutAsync(again, default));
        Assert.Equal("One", (await dashboards.FindAsync("a", default))!.Title);
    }

    [Fact]
    public async Task List_ManyPages_GivesAllInOrder()
    {
        var dashboards = new StoredDashboards(_metadata);
        var names = Enumerable.Range(0, 1001).Select(i => $"d{i:0000}").ToList();
        foreach (var name in names)
        {
            await dashboards.PutAsync(new DashboardSpec { Name = name, Title = name, Tiles = [Tile] }, default);
        }

        Assert.Equal(names, (await dashboards.ListAsync(default)).Select(dashboard => dashboard.Name));
    }

    [Fact]
    public async Task Delete_Unknown_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<TarnException>(
            () => new StoredDashboards(_metadata).DeleteAsync("none", default));

        Assert.Equal(ErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public void Read_FileOfVersion1_IsUnderstood()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "dashboard.json"));
        var spec = DashboardRecord.Read("scores", text);

        Assert.Equal("Game scores", spec.Title);
        Assert.Equal(Tile, spec.Tiles[0]);
        Assert.Equal((TileKind.Number, "scores", 3), (spec.Tiles[1].Kind, spec.Tiles[1].Delivery, spec.Tiles[1].Width));
    }

    [Theory]
    [InlineData("{\"format\":2,\"title\":\"t\",\"tiles\":[]}")]
    [InlineData("{\"format\":1,\"title\":\"t\"")]
    [InlineData("null")]
    public async Task Find_DamagedOrNewer_SaysSo(string stored)
    {
        await _metadata.ApplyAsync([MetadataChange.Create(DashboardRecord.Kind, "a", stored)], default);
        var error = await Assert.ThrowsAsync<TarnException>(
            () => new StoredDashboards(_metadata).FindAsync("a", default));

        Assert.Equal(ErrorKind.Damaged, error.Kind);
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }
}
