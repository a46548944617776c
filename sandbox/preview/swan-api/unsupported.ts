import { callAsyncUnchecked } from './callbacks';
import { HostError, type HostAdapter } from './host-adapter';

/** Functions of a phone that the preview lacks: they fail with a message. */
const CALLS =
  'addCard addEventOnCalendar addPhoneContact addToFavor authorize canvasGetImageData ' +
  'canvasPutImageData canvasToTempFilePath chooseAlbum chooseImage chooseInvoiceTitle chooseLocation ' +
  'chooseVideo closeBLEConnection closeBluetoothAdapter closeSocket compressImage connectWifi ' +
  'createBLEConnection deleteEventOnCalendar downloadFile getAuthorize getAvailableAudioSources ' +
  'getBackgroundAudioPlayerState getBatteryInfo getBeacons getBLEDeviceCharacteristics ' +
  'getBLEDeviceServices getBluetoothAdapterState getBluetoothDevices getConnectedBluetoothDevices ' +
  'getConnectedWifi getFavorStatus getFileInfo getImageInfo getLocation getOptimalPriceInfo ' +
  'getPhoneNumber getSavedFileInfo getSavedFileList getScreenBrightness getSetting getShareInfo ' +
  'getStepsInfo getSwanId getSystemRiskInfo getUserInfo getWifiList makePhoneCall ' +
  'navigateBackMiniProgram navigateBackSmartProgram navigateToMiniProgram navigateToSmartProgram ' +
  'notifyBLECharacteristicValueChanged openBdboxWebview openBluetoothAdapter openCard ' +
  'openCommunityEditor openDocument openLocation openReplyEditor openSetting openShare ' +
  'pauseBackgroundAudio pauseVoice playBackgroundAudio playVoice previewVideo ' +
  'readBLECharacteristicValue removeSavedFile requestAliPayment requestPayment requestSubscribeMessage ' +
  'requestWeChatPayment saveFile saveImageToPhotosAlbum saveVideoToPhotosAlbum scanCode ' +
  'seekBackgroundAudio sendSocketMessage setScreenBrightness setWifiList share shareFile shareVideo ' +
  'showFavorDialog startAccelerometer startBeaconDiscovery startCompass startDeviceMotionListening ' +
  'startGyroscope startLocationUpdate startRecord startWifi stopAccelerometer stopBackgroundAudio ' +
  'stopBeaconDiscovery stopBluetoothDevicesDiscovery stopCompass stopDeviceMotionListening ' +
  'stopGyroscope stopLocationUpdate stopRecord stopVoice stopWifi subscribeService uploadFile verify ' +
  'writeBLECharacteristicValue';

/** Functions of swan.ai, which fail likewise. */
const AI =
  'advancedGeneralIdentify animalClassify carClassify dishClassify faceDetect faceLivenessSessioncode ' +
  'faceMatch facePersonIdmatch facePersonVerify faceSearch imageAudit logoClassify nlpLexerCustom ' +
  'objectDetectIdentify ocrBankCard ocrDrivingLicense ocrIdCard ocrVehicleLicense plantClassify ' +
  'textReview textToAudio';

/** Functions whose effect cannot be seen here, or is not drawn: they succeed. */
const WITHOUT_EFFECT =
  'closeCommunityEditor closeReplyEditor drawCanvas hideHomeButton hideKeyboard ' +
  'hideNavigationBarLoading hideShareMenu insertToFavor loadSubPackage preloadSubPackage ' +
  'reportAnalytics reportMonitor setBackgroundColor setBackgroundTextStyle setDocumentTitle ' +
  'setEnableDebug setInnerAudioOption setKeepScreenOn setMetaDescription setMetaKeywords setPageInfo ' +
  'setTabBarItem setTabBarStyle setTopBarText setURLQuery showFavoriteGuide showNavigationBarLoading ' +
  'showShareMenu stopPullDownRefresh updateShareMenu vibrateLong vibrateShort';

/** Functions that take a listener, which is never called. */
const LISTENERS =
  'offAccelerometerChange offCompassChange offKeyboardHeightChange offLocationChange ' +
  'offNetworkStatusChange offUserCaptureScreen onAccelerometerChange onBackgroundAudioPause ' +
  'onBackgroundAudioPlay onBackgroundAudioStop onBeaconServiceChange onBeaconUpdate ' +
  'onBLECharacteristicValueChange onBLEConnectionStateChanged onBluetoothAdapterStateChange ' +
  'onBluetoothDeviceFound onCompassChange onDeviceMotionChange onGetWifiList onGyroscopeChange ' +
  'onKeyboardHeightChange onLocationChange onMemoryWarning onNetworkStatusChange onSocketClose ' +
  'onSocketError onSocketMessage onSocketOpen onThemeChange onUnhandledRejection onUserCaptureScreen ' +
  'onWifiConnected';

/** Functions that return an object, whose functions have no effect here. */
const FACTORIES =
  'connectSocket createAnimationVideo createARCameraContext createCameraContext createCanvasContext ' +
  'createInnerAudioContext createInterstitialAd createLivePlayerContext createMapContext createRewardedVideoAd ' +
  'createRtcRoomContext createVideoContext getBackgroundAudioManager getFileSystemManager getLogManager ' +
  'getRecorderManager getUpdateManager';

/** The functions of a phone's swan object that the preview lacks, so that calling them does not throw. */
export function createUnsupported(host: HostAdapter): Record<string, unknown> {
  const make = (names: string, run: (name: string) => (given?: unknown) => unknown) =>
    Object.fromEntries(names.split(' ').map(name => [name, run(name)]));
  const refuse = (name: string) => (given?: unknown) => {
    const message = `swan.${name} is not part of the preview`;
    console.warn(message);
    callAsyncUnchecked(host, name, given, () => {
      throw new HostError(101, message);
    });
  };
  return {
    ...make(CALLS, refuse),
    cloud: {
      ...make('callFunction deleteFile downloadFile uploadFile', name => refuse(`cloud.${name}`)),
      init: () => undefined,
      database: nullObject,
    },
    ai: { ...make(AI, name => refuse(`ai.${name}`)), getVoiceRecognizer: nullObject },
    ...make(WITHOUT_EFFECT, name => given => callAsyncUnchecked(host, name, given, () => ({}))),
    ...make(LISTENERS, () => () => undefined),
    ...make(FACTORIES, () => nullObject),
  };
}

/**
 * An object that has every function and property asked for; each function answers the object itself. What all objects
 * have, such as toString(), is as usual, so that a script can compare it with a text.
 */
export function nullObject(): object {
  const object: object = new Proxy(
    {},
    {
      get: (target, name) => {
        const isUsual = typeof name === 'symbol' || name === 'then' || name in target;
        return isUsual ? Reflect.get(target, name) : () => object;
      },
      set: () => true,
    },
  );
  return object;
}
