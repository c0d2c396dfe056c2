using System.Text.Json;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Access;

public sealed class StoredSecretsTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task MetadataFile_NewOrLeftOpenToOthers_IsItsOwnersAlone()
    {
        await using var lake = await TestLake.OpenAsync();
        await WriteAsync(lake);
        AssertPrivate(lake);

        await lake.CloseAsync();
        File.SetUnixFileMode(Path.Combine(lake.Path, "metadata.db"), Private | UnixFileMode.OtherRead);
        await lake.ReopenAsync();
        await WriteAsync(lake);
        AssertPrivate(lake);
    }

    [Fact]
    public async Task Load_FileOfVersionOne_IsRead()
    {
        var store = new InMemoryMetadataStore();
        var path = Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "access.json");
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        foreach (var resource in document.RootElement.EnumerateArray())
        {
            var (kind, name) = (resource.GetProperty("kind").GetString()!, resource.GetProperty("name").GetString()!);
            await store.ApplyAsync(
                [MetadataChange.Create(kind, name, resource.GetProperty("spec").GetRawText())], default);
        }

        using var scene = await UsersScene.OpenAsync(store);
        var user = Assert.Single(scene.Users.List());
        Assert.Equal("ann", user.Name);
        Assert.Equal([true, false], user.Keys.Select(key => key.IsActive));
        Assert.Equal("anns-first-secret", scene.Keys.Find("AKIAANNANNANNANNANN2")!.Secret);
        Assert.Equal(
            [new Grant("ann", GrantLevel.Read, "lake", ""), new Grant("ann", GrantLevel.Write, "lake", "in/a b/")],
            scene.Users.ListGrants());
    }

    private static Task WriteAsync(TestLake lake) =>
        lake.Storage.Metadata.ApplyAsync([MetadataChange.Put("k", "n", "{}")], default);

    private static void AssertPrivate(TestLake lake)
    {
        var files = Directory.GetFiles(lake.Path, "metadata.db*");
        Assert.Contains(Path.Combine(lake.Path, "metadata.db-wal"), files);
        Assert.All(files, file => Assert.Equal(Private, File.GetUnixFileMode(file)));
    }
}
