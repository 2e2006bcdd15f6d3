namespace AriDialer.Web.Features.History;

internal static class HistoryFeature
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration("History").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CallRows>();
        services.AddSingleton<HistoryJournal>();
        services.AddSingleton<HistoryAside>();
        services.AddSingleton<HistoryAttempts>();
        services.AddSingleton<HistoryWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<HistoryWriter>());
        services.AddHostedService<LostCalls>();
        services.AddScoped<CallLog>();
        return services;
    }
}
