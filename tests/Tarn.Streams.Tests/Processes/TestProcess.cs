using System.Diagnostics;

namespace Tarn.Streams.Tests.Processes;

/// <summary>How this assembly is started as a program.</summary>
internal static class TestProcess
{
    public static ProcessStartInfo Start(params string[] arguments) => Command(
        "dotnet", [typeof(TestProcess).Assembly.Location, .. arguments]);

    public static ProcessStartInfo Command(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true,
    };
}
