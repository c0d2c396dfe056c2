using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Browser;

/// <summary>
/// A server with the example project and some scores in it, and Debian's Chromium. Pages are signed in by a one-time
/// address, as <c>tarn demo</c> does. With SCREENSHOTS set to a folder, <see cref="ShootAsync"/> leaves pictures there.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";

    private const int ActionMillisecondsMax = 15_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tarn-browser-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal TarnServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TarnServerProcess.StartAsync(
            "--data", Path.Combine(directory.FullName, "data"),
            "--project", Path.Combine(TarnExecutable.Root, "examples", "game-scores"));
        await PutAsync(Enumerable.Range(0, 300).Select(n => Score(n, $"user-{n % 20:D2}")));
        (await TarnExecutable.RunAsync("delivery", "flush", "scores", "--data", Server.DataDirectory)).MustSucceed();
        (await TarnExecutable.RunAsync("job", "run", "curate_scores", "--data", Server.DataDirectory)).MustSucceed();
        if (File.Exists(Chromium))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        await Server.DisposeAsync();
        directory.Delete(recursive: true);
    }

    internal static string Score(int number, string user) => JsonSerializer.Serialize(new
    {
        game_id = string.Create(CultureInfo.InvariantCulture, $"game-{number}"),
        user_id = user,
        game = number % 2 == 0 ? "tetris" : "chess",
        score = 100 + number,
        played_at = DateTime.UnixEpoch.AddSeconds(1_790_000_000 + (number * 7)),
    });

    /// <summary>Sends lines into the stream scores through the command line.</summary>
    internal async Task PutAsync(IEnumerable<string> lines)
    {
        var file = Path.Combine(directory.FullName, "scores.jsonl");
        await File.WriteAllLinesAsync(file, lines);
        var put = await TarnExecutable.RunAsync(
            "put", "--data", Server.DataDirectory, "--stream", "scores", "--key", "user_id", file);
        put.MustSucceed();
    }

    /// <summary>A page of a new, signed-in browser profile, at <paramref name="path"/>.</summary>
    internal async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var page = await NewPageAsync(scheme, width);
        await page.GotoAsync(await TicketAsync(path));
        await page.Locator("[data-testid=console][data-ready]").WaitForAsync();
        return page;
    }

    /// <summary>A page of a new browser profile that nobody signed in.</summary>
    internal async Task<IPage> NewPageAsync(ColorScheme scheme, int width)
    {
        var page = await browser!.NewPageAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        page.SetDefaultTimeout(ActionMillisecondsMax);
        return page;
    }

    /// <summary>Leaves a picture of the whole page when pictures are wanted.</summary>
    internal static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    private async Task<string> TicketAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Server.Console };
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Server.AccessKeyId}:{Server.Secret}"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        using var body = new StringContent(
            JsonSerializer.Serialize(new { next = path }), Encoding.UTF8, "application/json");
        var answer = await http.PostAsync("/api/tickets", body);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("url").GetString()!;
    }
}
