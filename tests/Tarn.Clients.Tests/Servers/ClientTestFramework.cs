using System.Reflection;
using Tarn.Clients.Tests.Servers;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Tarn.Clients.Tests.Servers.ClientTestFramework", "Tarn.Clients.Tests")]

namespace Tarn.Clients.Tests.Servers;

/// <summary>xunit, but for classes with <see cref="NeedsProgramAttribute"/>.</summary>
public sealed class ClientTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(IAssemblyInfo assemblyInfo) =>
        new Discoverer(assemblyInfo, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Discoverer(
        IAssemblyInfo assembly, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkDiscoverer(assembly, sources, messages)
    {
        protected override bool FindTestsForMethod(
            ITestMethod testMethod, bool includeSourceInformation, IMessageBus messageBus,
            ITestFrameworkDiscoveryOptions discoveryOptions)
        {
            var needs = testMethod.TestClass.Class.ToRuntimeType().GetCustomAttribute<NeedsProgramAttribute>();
            if (needs is null || File.Exists(needs.Program)
                || !testMethod.Method.GetCustomAttributes(typeof(FactAttribute)).Any())
            {
                return base.FindTestsForMethod(testMethod, includeSourceInformation, messageBus, discoveryOptions);
            }

            var skipped = new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, $"{needs.Program} is not installed");
            return ReportDiscoveredTestCase(skipped, includeSourceInformation, messageBus);
        }
    }
}
