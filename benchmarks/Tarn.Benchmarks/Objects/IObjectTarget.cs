namespace Tarn.Benchmarks.Objects;

/// <summary>Somewhere that objects are put to and got from.</summary>
internal interface IObjectTarget : IDisposable
{
    string Name { get; }

    /// <summary>False: it only takes puts.</summary>
    bool Serves { get; }

    /// <summary>CPU time of all its processes since their start.</summary>
    TimeSpan CpuTime { get; }

    Task<IObjectSession> OpenAsync();

    /// <summary>How many objects lie below a folder, and how many bytes they have together.</summary>
    Task<(long Objects, long Bytes)> CountAsync(string folder);

    /// <summary>Removes a folder with all that was put into it.</summary>
    Task ClearAsync(string folder);
}
