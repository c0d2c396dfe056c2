namespace Tarn.Demo;

/// <summary>What the flags of <c>tarn demo</c> say.</summary>
internal sealed record DemoOptions
{
    /// <summary>Null: a new temporary one.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>0: until Ctrl-C.</summary>
    public int Seconds { get; init; }

    public int RatePerSecond { get; init; } = 200;

    public int FlushSeconds { get; init; } = 60;

    public int Port { get; init; }

    public int ConsolePort { get; init; }

    public bool OpensBrowser { get; init; }
}
