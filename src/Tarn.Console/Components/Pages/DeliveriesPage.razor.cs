namespace Tarn.Console.Components.Pages;

/// <summary>All delivery streams with lag, newest object and errors.</summary>
public sealed partial class DeliveriesPage;
