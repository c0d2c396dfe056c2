using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tarn.Aws.Athena;
using Tarn.Aws.Listening;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Protocol.Query;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.S3;
using Tarn.Aws.S3.Cors;
using Tarn.Aws.S3.Forms;
using Tarn.Aws.S3.Versions;
using Tarn.Catalog;
using Tarn.Delivery;
using Tarn.Primitives.Identity;
using Tarn.Query.Executions;
using Tarn.Query.NamedQueries;
using Tarn.Query.Prepared;
using Tarn.Query.Sources;
using Tarn.Query.Workgroups;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Notifications;
using Tarn.Storage.Objects.Versions;
using Tarn.Streams;
using Tarn.Streams.Consumers;

namespace Tarn.Aws;

/// <summary>
/// The AWS front door on its own port. Listens once started; stopping lets running requests end. Every request but
/// <c>GET /health</c> must be signed. Takes the engines from the provider that it is given and owns none of them.
/// </summary>
public sealed class AwsServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    /// <summary>A consumer of many shards has a stream open for each, and SDKs keep to one connection.</summary>
    private const int Http2StreamsMax = 4096;

    private readonly WebApplication _application;

    private AwsServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>Where it listens, with the port it got.</summary>
    public Uri Address { get; }

    /// <summary>Listens. Throws an IOException when the port is taken.</summary>
    public static async Task<AwsServer> StartAsync(
        IServiceProvider engines, AwsServerOptions options, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(
            new DoorLogs(engines.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, BlockMemoryPool.Factory>();
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new SplitListenerFactory(
                services.GetRequiredService<SocketTransportFactory>(),
                engines.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILoggerFactory>().CreateLogger<SplitListener>()));

        var application = builder.Build();
        application.Run(Compose(engines, options, application.Lifetime.ApplicationStopping).HandleAsync);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new AwsServer(application, new Uri(addresses!.Addresses.First()));
    }

    /// <summary>Stops listening and waits for running requests, at most three seconds.</summary>
    public Task StopAsync(CancellationToken cancellation) => _application.StopAsync(cancellation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, AwsServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8; // headers of objects go back as they came
        kestrel.Limits.MaxRequestBodySize = null; // each operation has its own limit
        kestrel.Limits.Http2.MaxStreamsPerConnection = Http2StreamsMax;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024; // a key of 1,024 bytes, all escaped, twice
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(new Http2EndPoint(), listen => listen.Protocols = HttpProtocols.Http2);
    }

    private static FrontDoor Compose(
        IServiceProvider engines, AwsServerOptions options, CancellationToken stopping)
    {
        var lake = engines.GetRequiredService<LakeIdentity>();
        var time = engines.GetRequiredService<TimeProvider>();
        var audit = engines.GetRequiredService<IAuditTrail>();
        var verifier = new SignatureVerifier(engines.GetRequiredService<IAccessKeys>(), time);
        var json = Operations.Json(
            engines.GetRequiredService<IStreams>(),
            engines.GetRequiredService<ISharedReads>(),
            engines.GetRequiredService<IStreamConsumers>(),
            engines.GetRequiredService<IDeliveryStreams>(),
            engines.GetRequiredService<ICatalog>(),
            new AthenaEngines(
                engines.GetRequiredService<IQueries>(),
                engines.GetRequiredService<IWorkgroups>(),
                engines.GetRequiredService<IWorkgroupRemoval>(),
                engines.GetRequiredService<INamedQueries>(),
                engines.GetRequiredService<IPreparedStatements>(),
                engines.GetRequiredService<ICatalog>(),
                engines.GetRequiredService<ILiveTables>()),
            lake,
            time);
        var versions = engines.GetRequiredService<IObjectVersions>();
        var logs = engines.GetRequiredService<ILoggerFactory>();
        var events = new EventStreamAnswers(time, logs.CreateLogger<EventStreamAnswers>(), stopping);
        return new FrontDoor(
            new JsonProtocol(verifier, new RootOnly(audit), json, events),
            new QueryProtocol(verifier, Operations.Query(lake)),
            new S3Protocol(
                verifier,
                engines.GetRequiredService<IAuthorization>(),
                audit,
                new S3Hosts(options.S3Hosts),
                new CorsAnswers(engines.GetRequiredService<IBucketSettings>()),
                new PostObject(
                    verifier,
                    engines.GetRequiredService<IAuthorization>(),
                    audit,
                    engines.GetRequiredService<IObjectStore>(),
                    lake,
                    time),
                lake,
                Operations.Rest(
                    engines.GetRequiredService<IObjectStore>(),
                    versions,
                    new VersionedObjects(engines.GetRequiredService<IObjectStore>(), versions),
                    engines.GetRequiredService<IMultipartUploads>(),
                    engines.GetRequiredService<IBucketSettings>(),
                    engines.GetRequiredService<IBucketLifecycle>(),
                    engines.GetRequiredService<IBucketNotifications>(),
                    engines.GetRequiredService<IStreams>(),
                    engines.GetRequiredService<IUsers>(),
                    lake,
                    engines.GetRequiredService<IdSource>(),
                    time)),
            options.Reset is { } reset ? new ResetEndpoint(verifier, new RootOnly(audit), reset) : null,
            engines.GetRequiredService<IdSource>(),
            logs.CreateLogger<FrontDoor>());
    }
}
