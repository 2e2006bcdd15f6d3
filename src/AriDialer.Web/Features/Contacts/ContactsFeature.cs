namespace AriDialer.Web.Features.Contacts;

internal static class ContactsFeature
{
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.AddSingleton<Names>();
        services.AddSingleton<ContactBook>();
        services.AddSingleton<ContactDesk>();
        return services;
    }
}
