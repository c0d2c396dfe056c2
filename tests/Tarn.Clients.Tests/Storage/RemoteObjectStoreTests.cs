using Microsoft.Extensions.DependencyInjection;
using Tarn.Storage.Objects;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemoteObjectStoreTests(RemoteServer server) : ObjectStoreContract, IClassFixture<RemoteServer>
{
    private ServiceProvider? _services;
    private int _prefixBytes;

    protected override int KeyBytesMax => 1024 - _prefixBytes;

    protected override bool IsKept(string key) =>
        base.IsKept(key) && key.Split('/').All(segment => segment is not ("." or "..")) && key.All(c => c >= ' ');

    protected override Task<IObjectStore> OpenAsync()
    {
        var options = server.FreshPrefix();
        _prefixBytes = $"{options.Location.Prefix}/{Bucket}/".Length;
        _services = server.Open(options);
        return Task.FromResult(_services.GetRequiredService<IObjectStore>());
    }

    protected override async Task CloseAsync() => await _services!.DisposeAsync();
}
