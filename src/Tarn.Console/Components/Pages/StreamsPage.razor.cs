namespace Tarn.Console.Components.Pages;

/// <summary>All streams with their rates.</summary>
public sealed partial class StreamsPage;
