using Microsoft.Extensions.DependencyInjection;
using Tarn.Storage.Objects;
using Tarn.Storage.Tests.Objects;

namespace Tarn.Clients.Tests.Storage;

public sealed class RemotePutConditionTests(RemoteServer server) : PutConditionContract, IClassFixture<RemoteServer>
{
    private ServiceProvider? _services;

    protected override Task<IObjectStore> OpenAsync()
    {
        var options = server.FreshPrefix();
        _services = server.Open(options);
        return Task.FromResult(_services.GetRequiredService<IObjectStore>());
    }

    protected override async Task CloseAsync() => await _services!.DisposeAsync();
}
