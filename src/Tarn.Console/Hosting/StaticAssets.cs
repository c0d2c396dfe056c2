using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tarn.Console.Hosting;

/// <summary>
/// Scripts and styles. Published, they lie in <c>wwwroot</c> beside the executable; built but not published, a
/// second manifest says where in the source tree they are. Either way the place is that of the executable, not the
/// working directory.
/// </summary>
internal static partial class StaticAssets
{
    /// <summary>The endpoints manifest, or null when the entry assembly has none.</summary>
    public static string? Prepare(WebApplicationBuilder builder, ConsoleServerOptions options)
    {
        var manifest = options.AssetsManifest ?? Path.Combine(
            AppContext.BaseDirectory, $"{builder.Environment.ApplicationName}.staticwebassets.endpoints.json");
        var development = manifest.Replace(".endpoints.json", ".runtime.json", StringComparison.Ordinal);
        if (File.Exists(development))
        {
            builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = development;
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }

        return File.Exists(manifest) ? manifest : null;
    }

    public static void Map(WebApplication application, string? manifest)
    {
        if (manifest is null)
        {
            var logger = application.Services.GetRequiredService<ILogger<ConsoleServer>>();
            LogMissing(logger, application.Environment.ApplicationName);
            return;
        }

        application.MapStaticAssets(manifest);
    }

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "the static assets manifest of {Application} is missing: the console comes without style and script")]
    private static partial void LogMissing(ILogger logger, string application);
}
