using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Storage.Tests;

public sealed class StorageServicesTests
{
    [Fact]
    public async Task AddStorage_StartUseStop_KeepsWhatWasStored()
    {
        using var directory = new TempDirectory();
        for (var start = 1; start <= 2; start++)
        {
            await using var services = Build(directory.Path);
            foreach (var hosted in services.GetServices<IHostedService>())
            {
                await hosted.StartAsync(default);
            }

            var metadata = services.GetRequiredService<IMetadataStore>();
            await metadata.ApplyAsync([MetadataChange.Put("k", "n", "{}")], default);
            Assert.Equal(start, (await metadata.FindAsync("k", "n", default))!.Version);
            var objects = services.GetRequiredService<IObjectStore>();
            Assert.Equal([Path.Combine(directory.Path, "objects")], objects.LocalDirectories);
            foreach (var hosted in services.GetServices<IHostedService>())
            {
                await hosted.StopAsync(default);
            }
        }
    }

    [Fact]
    public void AddStorage_NotStartedAndDisposedInLine_OpensOnFirstUse()
    {
        using var directory = new TempDirectory();
        using var services = Build(directory.Path);
        Assert.True(Directory.Exists(services.GetRequiredService<IObjectStore>().StagingDirectory));
    }

    [Fact]
    public void AccessKeys_NewLake_HasRootsOnly()
    {
        using var directory = new TempDirectory();
        using var services = Build(directory.Path);
        var keys = services.GetRequiredService<IAccessKeys>();
        Assert.Equal("root", keys.Find("TESTKEY0000000000000")!.UserName);
        Assert.Null(keys.Find("testkey0000000000000"));
        Assert.Null(keys.Find(""));
        Assert.Empty(services.GetRequiredService<IUsers>().List());
    }

    private static ServiceProvider Build(string directory) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(IdSource.System)
        .AddSingleton(new LakeIdentity())
        .AddStorage(new StorageOptions
        {
            DataDirectory = directory,
            RootKey = new AccessKey("TESTKEY0000000000000", "not-a-secret", "root"),
        })
        .BuildServiceProvider();
}
