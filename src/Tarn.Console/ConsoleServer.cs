using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Console.Hosting;
using Tarn.Primitives.Errors;

namespace Tarn.Console;

/// <summary>
/// The front door for people: Blazor pages, and the <c>/api</c> of the command line and the live tiles, on a
/// Kestrel of its own. Engines come from the given provider and are not disposed with the console. Closed by
/// default: everything but <c>/health</c>, <c>/signin</c> and static assets needs a session or an access key.
/// </summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private ConsoleServer(WebApplication application, Uri address)
    {
        this.application = application;
        Address = address;
    }

    /// <summary>
    /// Where it listens, such as <c>http://127.0.0.1:4580/</c>, with the port that was really taken.
    /// </summary>
    public Uri Address { get; }

    /// <summary>
    /// Builds and starts it; it answers when the task completes. Throws Unavailable when the port is taken.
    /// </summary>
    public static async Task<ConsoleServer> StartAsync(
        IServiceProvider engines, ConsoleServerOptions options, CancellationToken cancellation)
    {
        var application = ConsoleApplication.Build(engines, options);
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            await application.DisposeAsync();
            throw new TarnException(
                ErrorKind.Unavailable,
                $"the console cannot listen on {options.Host}:{options.Port}",
                error.Message,
                "choose another port with --console-port",
                error);
        }

        var server = application.Services.GetRequiredService<IServer>();
        var bound = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        var address = new Uri(bound);
        application.Services.GetRequiredService<ConsoleAddress>().Uri = address;
        return new ConsoleServer(application, address);
    }

    /// <summary>Ends event streams and circuits, lets other requests finish for two seconds, then closes.</summary>
    public Task StopAsync(CancellationToken cancellation) => application.StopAsync(cancellation);

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
