using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MudBlazor.Services;
using Tarn.Console.Access;
using Tarn.Console.Api;
using Tarn.Console.Api.Access;
using Tarn.Console.Api.Objects;
using Tarn.Console.Api.Streams;
using Tarn.Console.Api.Sql;
using Tarn.Console.Components;
using Tarn.Console.Events;
using Tarn.Console.Lake;
using Tarn.Console.Tiles;

namespace Tarn.Console.Hosting;

/// <summary>
/// Composes the web application. The order of its pipeline is the order of trust:
/// <code>
/// request -> security headers -> request guard (host, origin) -> access gate (session or key) -> endpoints
/// </code>
/// </summary>
internal static class ConsoleApplication
{
    private const long BodyBytesMax = 1 << 20;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static WebApplication Build(IServiceProvider engines, ConsoleServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = Assembly.GetEntryAssembly()?.GetName().Name,
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        var manifest = StaticAssets.Prepare(builder, options);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            if (options.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            {
                kestrel.Listen(IPAddress.Loopback, options.Port);
            }
            else
            {
                kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
            }
        });
        AddServices(engines, options, builder.Services);
        var application = builder.Build();
        Map(application, options, manifest);
        return application;
    }

    private static void AddServices(IServiceProvider engines, ConsoleServerOptions options, IServiceCollection services)
    {
        services.AddRouting();
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = BodyBytesMax);
        services.AddMudServices();
        KeepSecretsInMemory(services);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton<IHostLifetime, ManualLifetime>();
        services.AddSingleton(options);
        services.AddSingleton<ConsoleAddress>();
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<SignInTickets>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<QueryProgress>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SharedResults>();
        services.AddSingleton<SchemaReader>();
        services.AddSingleton<TableSizes>();
        services.AddSingleton<LakeWatch>();
        services.AddSingleton<StreamBody>();
        services.AddSingleton<TileFeeds>();
        services.AddSingleton<ITileFeed, ViewFeed>();
        services.AddSingleton<ITileFeed, StreamFeed>();
        services.AddSingleton<ITileFeed, DeliveryFeed>();
        services.AddSingleton<ITileFeed, SqlFeed>();
        EngineServices.Forward(engines, services);
    }

    /// <summary>
    /// Antiforgery and circuits protect their tokens with a key of this process; by default one would be written to
    /// the home directory at every first start, by a hosted service.
    /// </summary>
    private static void KeepSecretsInMemory(IServiceCollection services)
    {
        // Browsers share cookies between all ports of a host: consoles must not overwrite each other's.
        var suffix = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "tarn-form-" + suffix);

        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var writer = services.Single(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(EphemeralDataProtectionProvider).Assembly);
        services.Remove(writer);
    }

    private static void Map(WebApplication application, ConsoleServerOptions options, string? manifest)
    {
        application.UseMiddleware<SecurityHeaders>();
        application.UseMiddleware<RequestGuard>();
        application.UseMiddleware<AccessGate>();
        application.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        application.UseAntiforgery();
        application.MapGet("/health", () => Results.Json(new { Status = "ok" }, ApiJson.Options));
        SignInEndpoints.Map(application);
        MapApi(application.MapGroup("/api").AddEndpointFilter<ApiErrorFilter>());
        options.MapMetrics?.Invoke(application);
        StaticAssets.Map(application, manifest);
        application.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // The console's own policy says more; compression on a websocket would let lengths tell about contents.
            server.ContentSecurityFrameAncestorsPolicy = null;
            server.DisableWebSocketCompression = true;
        });
    }

    private static void MapApi(Microsoft.AspNetCore.Routing.RouteGroupBuilder api)
    {
        TicketsApi.Map(api);
        SqlApi.Map(api);
        JobsApi.Map(api);
        CompactionApi.Map(api);
        DeliveryApi.Map(api);
        ViewsApi.Map(api);
        QueryDetailsApi.Map(api);
        StreamsApi.Map(api);
        StreamEventsApi.Map(api);
        ObjectsApi.Map(api);
        ScanApi.Map(api);
        CatalogApi.Map(api);
        DashboardsApi.Map(api);
        UsersApi.Map(api);
        GrantsApi.Map(api);
        api.Map("/{**path}", (HttpContext context) => Results.Json(
            ApiErrors.NotFound("operation", $"{context.Request.Method} {context.Request.Path}"),
            ApiJson.Options,
            statusCode: StatusCodes.Status404NotFound));
    }
}
