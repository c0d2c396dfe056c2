using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tarn.Aws.Listening;

/// <summary>
/// The loggers of the door's own host. ASP.NET Core makes an activity and a scope for each request as soon as its
/// category of requests is enabled at any level; the door says itself what became of a request, so that one is off.
/// </summary>
internal sealed class DoorLogs(ILoggerFactory logs) : ILoggerFactory
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public ILogger CreateLogger(string categoryName) =>
        categoryName == Requests ? NullLogger.Instance : logs.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    public void Dispose()
    {
        // The factory belongs to the engines.
    }
}
