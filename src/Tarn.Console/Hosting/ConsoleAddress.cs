namespace Tarn.Console.Hosting;

/// <summary>Where the console listens, known once it does.</summary>
internal sealed class ConsoleAddress
{
    private Uri? uri;

    public Uri Uri
    {
        get => uri ?? throw new InvalidOperationException("the console is not listening yet");
        set => uri = value;
    }
}
