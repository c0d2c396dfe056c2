using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Exclusions;
using Tarn.Primitives.Identity;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Catalog.Tests;

/// <summary>A catalog over a real metadata store in a temporary directory.</summary>
internal sealed class TestCatalog : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private ServiceProvider _services;

    private TestCatalog() => _services = Build();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public IObjectExclusions Exclusions => _services.GetRequiredService<IObjectExclusions>();

    public IMetadataStore Metadata => _services.GetRequiredService<IMetadataStore>();

    public static TestCatalog Open() => new();

    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Dispose();
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Clock)
        .AddSingleton(IdSource.System)
        .AddStorage(new StorageOptions
        {
            DataDirectory = _directory.Path,
            RootKey = new AccessKey("TESTKEY0000000000000", "not-a-secret", "root"),
        })
        .AddCatalog()
        .BuildServiceProvider();
}
