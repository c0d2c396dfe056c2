using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects.Remote;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class RemoteStorageTests
{
    [Fact]
    public async Task Open_NobodyListens_IsUnavailableAndSaysWhere()
    {
        using var directory = new TempDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var options = new RemoteStorageOptions
        {
            Location = RemoteLocation.Parse($"s3://data/x?endpoint=http://127.0.0.1:{port}"),
            AccessKeyId = "KEY",
            Secret = "only-for-tests",
        };
        var failure = await Assert.ThrowsAsync<TarnException>(() => RemoteStorage.OpenAsync(
            directory.Path, options, TimeProvider.System, IdSource.System, NullLogger.Instance, _ => { }));
        Assert.Equal(ErrorKind.Unavailable, failure.Kind);
        Assert.Contains($"s3://data/x at http://127.0.0.1:{port}", failure.Detail, StringComparison.Ordinal);
        Assert.Contains("check that the storage is up", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("only-for-tests", failure.Describe(), StringComparison.Ordinal);
    }
}
